"""The outbox: a message is a row, written in the same transaction as what caused it."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.fields import EncryptedTextField
from portal.core.links import new_public_id
from portal.core.models import StoredFile
from portal.core.personal import PersonalClass
from portal.directory.models import Contact
from portal.mail.enums import HoldReason, MailState, Priority
from portal.mail.registry import kind_title


class OutboxMessage(models.Model):
    """One message to one address. Rendered when it is sent, in the recipient's language."""

    public_id = models.CharField(_("reference"), max_length=12, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(_("message"), max_length=60)
    scope = models.CharField(_("scope"), max_length=60, blank=True, db_index=True)
    # Unique: the same cause can never write the same message twice.
    dedupe_key = models.CharField(max_length=200, unique=True)
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+")
    object_id = models.CharField(max_length=64, blank=True)
    subject_object = GenericForeignKey("content_type", "object_id")
    params = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    secret = EncryptedTextField(blank=True, default="")  # a sign-in code; wiped when it is no longer good
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="messages")
    to_name = models.CharField(_("to"), max_length=200, blank=True)
    to_email = models.EmailField(_("address"), blank=True)
    language = models.CharField(_("language"), max_length=10)
    time_zone = models.CharField(max_length=64, blank=True)
    reply_to = models.EmailField(blank=True)
    state = models.CharField(_("state"), max_length=10, choices=MailState, default=MailState.QUEUED)
    hold_reason = models.CharField(_("why held"), max_length=10, choices=HoldReason, blank=True)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority, default=Priority.NORMAL)
    keep_window = models.BooleanField(_("only in working hours"), default=False)
    not_before = models.DateTimeField(_("not before"), default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    sent_subject = models.CharField(_("subject"), max_length=300, blank=True)
    sent_body = models.TextField(_("text as sent, links masked"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("written by")
    )
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    PERSONAL = {
        "to_name": PersonalClass.IDENTITY,
        "to_email": PersonalClass.CONTACT,
        "sent_subject": PersonalClass.IDENTITY,
        "sent_body": PersonalClass.IDENTITY,
    }

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["priority", "not_before", "id"],
                name="mail_outbox_due",
                condition=models.Q(state__in=["queued", "retrying", "sending"]),
            ),
            models.Index(fields=["content_type", "object_id"]),
            models.Index(fields=["sent_at"], name="mail_outbox_sent"),  # the rate per mail host counts the last minute
            models.Index(fields=["created_at"], name="mail_outbox_secret", condition=~models.Q(secret="")),
        ]
        verbose_name = _("message")
        verbose_name_plural = _("outbox")

    def __str__(self) -> str:
        return f"{kind_title(self.kind)} → {self.to_name or self.to_email}"


class OutboxAttachment(models.Model):
    """A stored file that goes with a message. (Calendar files are made when the message is rendered.)"""

    message = models.ForeignKey(OutboxMessage, models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("file of a message")
        verbose_name_plural = _("files of messages")

    def __str__(self) -> str:
        return str(self.file)
