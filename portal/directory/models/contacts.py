"""People. Nobody is refused for having one name, or for sharing an e-mail address with the minister's office."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core.links import new_public_id
from portal.core.models import StoredFile
from portal.core.personal import PersonalClass
from portal.directory.models.countries import Country
from portal.directory.models.organisations import Organisation
from portal.directory.querysets import ContactQuerySet, FocalPointQuerySet


class Tag(models.Model):
    """A word staff put on contacts, to filter and invite by."""

    name = models.CharField(_("tag"), max_length=50, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """One person. Only the full name is required; an e-mail address may be shared by several people."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    full_name = models.CharField(_("full name"), max_length=200, help_text=_("As it should be printed."))
    family_name = models.CharField(_("family name"), max_length=120, blank=True)
    given_names = models.CharField(_("given names"), max_length=120, blank=True)
    native_name = models.CharField(_("name in native script"), max_length=120, blank=True)
    badge_name = models.CharField(_("name on badge"), max_length=120, blank=True)
    title = models.CharField(
        pgettext_lazy("person", "title"), max_length=60, blank=True, help_text=_("H.E., Dr, Prof., Dato’, U, Daw …")
    )
    salutation_en = models.CharField(_("form of address in English"), max_length=200, blank=True)
    salutation_zh = models.CharField(_("form of address in Chinese"), max_length=200, blank=True)
    position = models.CharField(_("position"), max_length=200, blank=True)
    department = models.CharField(_("department"), max_length=200, blank=True)
    position_en: str | None  # these two are added by translation.py
    position_zh_hans: str | None
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="contacts", verbose_name=_("organisation")
    )
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="contacts", verbose_name=_("country")
    )
    email = models.EmailField(_("e-mail address"), blank=True, db_index=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    messenger = models.CharField(_("messenger"), max_length=100, blank=True, help_text=_("Service and name or number."))
    assistant_name = models.CharField(_("assistant"), max_length=200, blank=True)
    assistant_email = models.EmailField(_("assistant’s e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True, choices=settings.LANGUAGES)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    no_automatic_mail = models.BooleanField(
        _("no automatic mail"), default=False, help_text=_("An officer calls this person instead.")
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="contacts", verbose_name=_("tags"))
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="contact",
        verbose_name=_("account"),
    )
    search_key = models.TextField(editable=False, default="")
    note = models.TextField(_("internal note"), blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ContactQuerySet.as_manager()
    PERSONAL = {
        "full_name": PersonalClass.IDENTITY,
        "family_name": PersonalClass.IDENTITY,
        "given_names": PersonalClass.IDENTITY,
        "native_name": PersonalClass.IDENTITY,
        "badge_name": PersonalClass.IDENTITY,
        "salutation_en": PersonalClass.IDENTITY,
        "salutation_zh": PersonalClass.IDENTITY,
        "email": PersonalClass.CONTACT,
        "phone": PersonalClass.CONTACT,
        "messenger": PersonalClass.CONTACT,
        "assistant_name": PersonalClass.CONTACT,
        "assistant_email": PersonalClass.CONTACT,
        "note": PersonalClass.CONTACT,
        "search_key": PersonalClass.IDENTITY,
    }

    class Meta:
        ordering = ["full_name", "pk"]
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return f"{self.title} {self.full_name}".strip()

    @property
    def mail_language(self) -> str:
        """The person's choice, else Chinese for contacts in China, else English."""
        in_china = self.country is not None and self.country.code == "CN"
        return self.language or ("zh-hans" if in_china else "en")

    @property
    def mail_time_zone(self) -> str:
        """The person's IANA zone, else the main one of their country, else the office's."""
        return self.time_zone or (self.country.time_zone if self.country else "") or settings.OFFICE_TIME_ZONE


class FocalPoint(models.Model):
    """A contact designated by a country or an organisation, for an area and for a time."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="focal_points", verbose_name=_("contact"))
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="focal_points", verbose_name=_("country")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="focal_points", verbose_name=_("organisation")
    )
    area = models.CharField(_("area"), max_length=200, blank=True)
    is_alternate = models.BooleanField(_("alternate"), default=False)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    designation_letter = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("designation letter")
    )

    objects = FocalPointQuerySet.as_manager()

    class Meta:
        ordering = ["country__order_members_then_china", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(country__isnull=False) ^ models.Q(organisation__isnull=False),
                name="directory_focal_point_of_one",
            )
        ]
        verbose_name = _("focal point")
        verbose_name_plural = _("focal points")

    def __str__(self) -> str:
        return f"{self.contact} ({self.country or self.organisation})"
