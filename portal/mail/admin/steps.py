"""What an officer can do with messages, as data: the question, the service, and the words afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from portal.mail.enums import CANCELLABLE, DELIVERABLE, HoldReason, MailState
from portal.mail.models import OutboxMessage
from portal.mail.services.handling import cancel, hold, mark_called, release, resend, why_not_release


@dataclass(frozen=True)
class Step:
    """One step. ``do(message, user, note)``; ``states``: where it is offered."""

    code: str
    label: str | Promise
    question: str | Promise
    done: Any
    states: tuple[str, ...]
    do: Callable[[OutboxMessage, Any, str], Any]
    asks_note: bool = False


STEPS = (
    Step(
        "resend",
        _("Send again"),
        _("Send these messages again? Each person gets a further mail."),
        ngettext_lazy("%(count)d message is sent again.", "%(count)d messages are sent again.", "count"),
        (MailState.SENT, MailState.FAILED, MailState.BOUNCED),
        lambda message, user, _note: resend(message, by=user),
    ),
    Step(
        "hold",
        _("Hold"),
        _("Hold these messages until somebody releases them?"),
        ngettext_lazy("%(count)d message is held.", "%(count)d messages are held.", "count"),
        DELIVERABLE,
        lambda message, user, _note: hold(message, by=user),
    ),
    Step(
        "release",
        _("Release"),
        _("Release these messages? They are sent at once, or at the next working hour where they keep it."),
        ngettext_lazy("%(count)d message was released.", "%(count)d messages were released.", "count"),
        (MailState.HELD,),
        lambda message, user, _note: release(message, by=user),
    ),
    Step(
        "cancel",
        _("Cancel"),
        _("Cancel these messages? They are never sent, and this cannot be undone."),
        ngettext_lazy("%(count)d message was cancelled.", "%(count)d messages were cancelled.", "count"),
        CANCELLABLE,
        lambda message, user, _note: cancel(message, by=user),
    ),
    Step(
        "mark_called",
        _("Told by telephone"),
        _("Were these people told by telephone? The messages are then not sent any more."),
        ngettext_lazy("%(count)d message is marked as told.", "%(count)d messages are marked as told.", "count"),
        (MailState.HELD,),
        lambda message, user, note: mark_called(message, by=user, note=note),
        asks_note=True,
    ),
)


def steps_for(message: OutboxMessage) -> list[Step]:
    """The steps that this message's state allows."""
    hidden = set() if message.hold_reason == HoldReason.CALL else {"mark_called"}
    hidden |= {"release"} if why_not_release(message) else set()
    return [step for step in STEPS if message.state in step.states and step.code not in hidden]
