"""Registrations: a copy of the person's data as given for this event."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forums.enums import (
    ACTIVE_REGISTRATIONS,
    Diet,
    ListConsent,
    ParticipationMode,
    ProtocolGroup,
    RegisteredBy,
    RegistrationStatus,
)
from forums.models.categories import Category
from forums.models.events import Event
from forums.models.invitations import Invitation
from forums.querysets import RegistrationQuerySet
from portal.core.folding import fold
from portal.core.links import make_token, new_public_id
from portal.core.models import StoredFile
from portal.core.personal import PersonalClass
from portal.directory.models import Contact, Country, Organisation


class Registration(models.Model):
    """One person's registration for one event, by link and without an account."""

    LINK = "registration"

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    link_version = models.PositiveIntegerField(default=1, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="registrations")
    category = models.ForeignKey(Category, models.PROTECT, related_name="registrations", verbose_name=_("category"))
    invitation = models.ForeignKey(
        Invitation, models.SET_NULL, null=True, blank=True, related_name="registrations", verbose_name=_("invitation")
    )
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="registrations", verbose_name=_("contact")
    )
    status = models.CharField(_("status"), max_length=10, choices=RegistrationStatus, default=RegistrationStatus.DRAFT)

    title = models.CharField(
        pgettext_lazy("person", "title"), max_length=60, blank=True, help_text=_("H.E., Dr, Prof., Dato’, U, Daw …")
    )
    full_name = models.CharField(_("full name"), max_length=200, blank=True, help_text=_("As it should be printed."))
    family_name = models.CharField(_("family name"), max_length=120, blank=True, help_text=_("If you have one."))
    native_name = models.CharField(_("name in your own script"), max_length=120, blank=True)
    badge_name = models.CharField(
        _("name on badge"), max_length=120, blank=True, help_text=_("In the order you use it.")
    )
    photo = models.ForeignKey(StoredFile, models.SET_NULL, null=True, blank=True, related_name="+")
    email = models.EmailField(_("e-mail address"), blank=True, db_index=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    language = models.CharField(_("language of our mail"), max_length=10, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(max_length=64, blank=True)
    registered_by = models.CharField(_("filled in by"), max_length=10, choices=RegisteredBy, default=RegisteredBy.SELF)
    assistant_name = models.CharField(_("assistant’s name"), max_length=200, blank=True)
    assistant_email = models.EmailField(_("assistant’s e-mail address"), blank=True)

    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("country represented"),
    )
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("organisation in the directory"),
    )
    organisation_name = models.CharField(_("organisation"), max_length=250, blank=True)
    department = models.CharField(_("department"), max_length=200, blank=True)
    position = models.CharField(_("position"), max_length=200, blank=True)

    mode = models.CharField(
        _("takes part"), max_length=10, choices=ParticipationMode, default=ParticipationMode.IN_PERSON
    )
    interpretation = models.CharField(_("interpretation needed into"), max_length=60, blank=True)
    diet = models.CharField(_("food"), max_length=12, choices=Diet, blank=True, default=Diet.NONE)
    diet_note = models.CharField(_("more about food and allergies"), max_length=300, blank=True)
    access_needs = models.CharField(_("access and other needs"), max_length=500, blank=True)
    list_consent = models.CharField(_("may be named"), max_length=12, choices=ListConsent, default=ListConsent.NONE)

    seat_over = models.BooleanField(default=False, editable=False)  # seated by hand beyond the capacity
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)  # raised with every calendar mail
    queued_at = models.DateTimeField(_("in line since"), null=True, blank=True)
    submitted_at = models.DateTimeField(pgettext_lazy("registration", "sent"), null=True, blank=True)
    decision_reason = models.TextField(_("reason"), blank=True)
    staff_note = models.TextField(_("internal note"), blank=True)
    search_key = models.TextField(editable=False, default="")  # what staff search by, folded; written by save()
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(_("last change"), auto_now=True)

    protocol_group: int  # annotated by in_protocol_order()

    objects = RegistrationQuerySet.as_manager()
    PERSONAL = {
        "title": PersonalClass.IDENTITY,
        "full_name": PersonalClass.IDENTITY,
        "family_name": PersonalClass.IDENTITY,
        "native_name": PersonalClass.IDENTITY,
        "badge_name": PersonalClass.IDENTITY,
        "photo": PersonalClass.IDENTITY,
        "email": PersonalClass.CONTACT,
        "phone": PersonalClass.CONTACT,
        "assistant_name": PersonalClass.CONTACT,
        "assistant_email": PersonalClass.CONTACT,
        "diet": PersonalClass.HEALTH,
        "diet_note": PersonalClass.HEALTH,
        "access_needs": PersonalClass.HEALTH,
        "staff_note": PersonalClass.CONTACT,
        "decision_reason": PersonalClass.IDENTITY,
        "search_key": PersonalClass.IDENTITY,
    }
    SEARCHED = ("full_name", "native_name", "badge_name", "email", "organisation_name")

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "contact"],
                condition=Q(contact__isnull=False, status__in=[status.value for status in ACTIVE_REGISTRATIONS]),
                name="forums_one_active_registration",
                violation_error_message=_(
                    "This person has an active registration for the event already. Cancel one of the two first."
                ),
            )
        ]
        indexes = [models.Index(fields=["event", "status", "queued_at"])]
        permissions = [("view_needs", _("Can see needs of diet and access"))]
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")

    def __str__(self) -> str:
        return f"{self.title} {self.full_name}".strip() or self.email or self.public_id

    def index(self) -> None:
        """Make the search key anew. ``save()`` does it; whoever writes many rows at once calls it for each."""
        names = [fold(value) for name in self.SEARCHED if (value := getattr(self, name))]
        self.search_key = "\n".join(["", *names, ""])

    def save(self, *args: Any, **options: Any) -> None:
        """Keep the search key true to the names it is made of, whichever of them are written."""
        self.index()
        fields = options.get("update_fields")
        if fields is not None and set(fields) & set(self.SEARCHED):
            options["update_fields"] = {*fields, "search_key"}
        super().save(*args, **options)

    @property
    def heading(self) -> str:
        """What this person stands under in a list of participants (of rows fetched ``in_protocol_order``)."""
        group = ProtocolGroup(self.protocol_group)
        return str(self.country) if group == ProtocolGroup.PARTIES else str(group.label)

    @property
    def token(self) -> str:
        return make_token(self.LINK, self.public_id, self.link_version)
