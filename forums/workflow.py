"""The tables of transitions. Effects are named here and bound by the services."""

from forums.enums import EventStatus as E
from forums.enums import InvitationStatus as I
from forums.enums import RegistrationStatus as R
from portal.core.workflow import Transition, Workflow

MANAGE = "forums.change_event"
PEOPLE = "forums.change_registration"

EVENT = Workflow(
    "status",
    (
        Transition("announce", (E.DRAFT, E.POSTPONED), E.ANNOUNCED, MANAGE, ("publish",)),
        Transition("hold", (E.ANNOUNCED,), E.HELD, MANAGE, ("publish",)),
        Transition("record_held", (E.DRAFT,), E.HELD, MANAGE, ("publish",)),  # it took place before the portal
        Transition("publish_results", (E.HELD,), E.RESULTS, MANAGE, ("publish",)),
        Transition("withdraw_results", (E.RESULTS,), E.HELD, MANAGE, ("publish",)),
        Transition("archive", (E.HELD, E.RESULTS), E.ARCHIVED, MANAGE, ("publish",)),
        Transition("postpone", (E.ANNOUNCED,), E.POSTPONED, MANAGE, ("publish", "tell_postponed")),
        Transition("cancel", (E.DRAFT, E.ANNOUNCED, E.POSTPONED), E.CANCELLED, MANAGE, ("publish", "tell_cancelled")),
    ),
)

INVITATION = Workflow(
    "status",
    (
        Transition("accept", (I.PENDING, I.DECLINED, I.EXPIRED), I.ACCEPTED, PEOPLE, ("note_answer",)),
        Transition("decline", (I.PENDING, I.ACCEPTED, I.EXPIRED), I.DECLINED, PEOPLE, ("note_answer",)),
        Transition("expire", (I.PENDING,), I.EXPIRED),
        Transition(
            "withdraw",
            (I.PENDING, I.ACCEPTED, I.DECLINED, I.EXPIRED),
            I.WITHDRAWN,
            PEOPLE,
            ("end_link", "tell_withdrawn"),
        ),
        Transition("renew", (I.DECLINED, I.EXPIRED, I.WITHDRAWN), I.PENDING, PEOPLE),
    ),
)

REGISTRATION = Workflow(
    "status",
    (
        Transition("ask", (R.DRAFT,), R.PENDING, None, ("tell_received",)),
        Transition("confirm", (R.DRAFT, R.PENDING, R.WAITLISTED), R.CONFIRMED, None, ("list", "tell_confirmed")),
        Transition("queue", (R.DRAFT, R.PENDING), R.WAITLISTED, None, ("tell_waitlisted",)),
        Transition("reject", (R.PENDING, R.WAITLISTED), R.REJECTED, PEOPLE, ("tell_rejected",)),
        Transition(
            "cancel",
            (R.DRAFT, R.PENDING, R.WAITLISTED, R.CONFIRMED),
            R.CANCELLED,
            None,
            ("list", "tell_cancelled"),
        ),
        Transition("return", (R.CANCELLED, R.REJECTED), R.DRAFT),
    ),
)
