"""Vocabularies of mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MailState(models.TextChoices):
    """Life of a message."""

    HELD = "held", pgettext_lazy("message", "held")
    QUEUED = "queued", _("queued")
    SENDING = "sending", _("being sent")
    RETRYING = "retrying", _("will be tried again")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    BOUNCED = "bounced", _("bounced")
    CANCELLED = "cancelled", _("cancelled")
    CALLED = "called", _("told by telephone")


DELIVERABLE = (MailState.QUEUED, MailState.RETRYING)
CANCELLABLE = (MailState.HELD, MailState.QUEUED, MailState.RETRYING, MailState.FAILED)


class HoldReason(models.TextChoices):
    """Why a message is held."""

    RELEASE = "release", _("waits for an officer’s release")
    CALL = "call", _("this person gets no automatic mail: call them")
    OFFICER = "officer", _("held by an officer")


class Priority(models.IntegerChoices):
    """Lower goes first."""

    CODE = 0, _("sign-in code")
    ANSWER = 10, _("answer to something just done")
    NORMAL = 20, _("normal")
    BULK = 30, _("to many")


class AdHocState(models.TextChoices):
    """Life of a message to many written by an officer."""

    DRAFT = "draft", _("draft")
    SENT = "sent", _("handed to the outbox")
