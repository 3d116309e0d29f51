"""What an officer may do with a message. (The steps of sending are in ``services/claims.py``: they need a lease.)"""

from portal.core.workflow import Transition, Workflow
from portal.mail.enums import CANCELLABLE, DELIVERABLE, MailState

MAY_CHANGE = "mail.change_outboxmessage"

MESSAGE = Workflow(
    "state",
    (
        Transition("hold", DELIVERABLE, MailState.HELD, MAY_CHANGE, ("note_officer_hold",)),
        Transition("release", (MailState.HELD,), MailState.QUEUED, MAY_CHANGE, ("queue_anew",)),
        Transition("requeue", (MailState.FAILED,), MailState.QUEUED, MAY_CHANGE, ("queue_anew",)),
        Transition("cancel", CANCELLABLE, MailState.CANCELLED, MAY_CHANGE, ("forget_secret",)),
        # The same as a consequence of something else (an invitation was answered or withdrawn).
        Transition("drop", CANCELLABLE, MailState.CANCELLED, None, ("forget_secret",)),
        Transition("mark_called", (MailState.HELD,), MailState.CALLED, MAY_CHANGE, ("note_call",)),
    ),
)
