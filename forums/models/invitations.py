"""Personal invitations."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forums.enums import ACTIVE_INVITATIONS, AnswerChannel, InvitationStatus
from forums.models.categories import Category
from forums.models.events import Event
from forums.querysets import InvitationQuerySet
from portal.core.links import make_token, new_public_id
from portal.core.personal import PersonalClass
from portal.directory.models import Contact


class Invitation(models.Model):
    """An invitation of one contact to one event. The link is made from ``public_id`` and ``link_version``."""

    LINK = "invitation"

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    link_version = models.PositiveIntegerField(default=1, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="invitations")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="invitations", verbose_name=_("contact"))
    category = models.ForeignKey(Category, models.PROTECT, related_name="invitations", verbose_name=_("category"))
    status = models.CharField(_("answer"), max_length=10, choices=InvitationStatus, default=InvitationStatus.PENDING)
    is_locked = models.BooleanField(
        _("only for the invited person"),
        default=False,
        help_text=_("The first opening in a new browser asks for a code sent to the invited address."),
    )
    sent_at = models.DateTimeField(_("first sent"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answer_channel = models.CharField(_("answered by"), max_length=20, choices=AnswerChannel, blank=True)
    decline_reason = models.TextField(_("reason"), blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by")
    )
    created_at = models.DateTimeField(_("invited"), auto_now_add=True)

    objects = InvitationQuerySet.as_manager()
    PERSONAL = {"decline_reason": PersonalClass.IDENTITY}

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "contact"],
                condition=Q(status__in=[status.value for status in ACTIVE_INVITATIONS]),
                name="forums_one_active_invitation",
                violation_error_message=_(
                    "This person has an active invitation to the event already. Withdraw one of the two first."
                ),
            )
        ]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return f"{self.contact} → {self.event}"

    @property
    def token(self) -> str:
        return make_token(self.LINK, self.public_id, self.link_version)
