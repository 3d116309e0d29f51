"""What an officer does about registrations, one or many at a time."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from forums.admin.deeds import Deed, MailedReasonForm, OptionalReasonForm, ReasonForm
from forums.enums import RegistrationStatus as S
from forums.models import Registration
from forums.services import registrations
from forums.services.errors import Incomplete, Refused


def submit(registration: Registration, *, by: Any) -> None:
    """Send a draft for the person; what is missing is named."""
    try:
        registrations.submit(registration, by=by)
    except Incomplete as error:
        labels = [str(getattr(registration._meta.get_field(name), "verbose_name", name)) for name in error.missing]
        raise Refused(_("these answers are missing: {fields}").format(fields=", ".join(labels))) from error


DEEDS = (
    Deed(
        "approve",
        _("Approve"),
        _("Each person gets a seat, or joins the waiting list when none is free, and is told which."),
        registrations.approve,
        ngettext_lazy("%(count)d registration approved.", "%(count)d registrations approved.", "count"),
        (S.PENDING,),
    ),
    Deed(
        "reject",
        _("Do not accept"),
        _("Each person is told that the registration was not accepted, with your reason."),
        registrations.reject,
        ngettext_lazy("%(count)d registration not accepted.", "%(count)d registrations not accepted.", "count"),
        (S.PENDING, S.WAITLISTED),
        MailedReasonForm,
        danger=True,
    ),
    Deed(
        "wait",
        _("Put on the waiting list"),
        _("Each person joins the end of the waiting list and is told so."),
        registrations.put_on_waiting_list,
        ngettext_lazy("%(count)d put on the waiting list.", "%(count)d put on the waiting list.", "count"),
        (S.PENDING,),
    ),
    Deed(
        "give_seat",
        _("Give a free seat"),
        _("A free seat goes to the first in line; nobody is passed over."),
        registrations.give_seat,
        ngettext_lazy("%(count)d seat given.", "%(count)d seats given.", "count"),
        (S.WAITLISTED,),
    ),
    Deed(
        "seat_over",
        _("Add a seat by hand"),
        _("The person is confirmed beyond the number of seats. The seat goes when the person cancels."),
        registrations.seat_over,
        ngettext_lazy("%(count)d seat added.", "%(count)d seats added.", "count"),
        (S.PENDING, S.WAITLISTED),
        ReasonForm,
    ),
    Deed(
        "submit",
        _("Send for the person"),
        _("The draft is sent as if the person had done it: a seat, the waiting list or your approval follows."),
        submit,
        ngettext_lazy("%(count)d registration sent.", "%(count)d registrations sent.", "count"),
        (S.DRAFT,),
    ),
    Deed(
        "return",
        _("Take up again"),
        _("The registration becomes a draft again, with everything in it."),
        registrations.come_back,
        ngettext_lazy("%(count)d taken up again.", "%(count)d taken up again.", "count"),
        (S.CANCELLED, S.REJECTED),
    ),
    Deed(
        "cancel",
        _("Cancel the registration"),
        _("The seat goes to the next in line, and the person is told. A draft is dropped without a message."),
        registrations.cancel,
        ngettext_lazy("%(count)d registration cancelled.", "%(count)d registrations cancelled.", "count"),
        (S.DRAFT, S.PENDING, S.WAITLISTED, S.CONFIRMED),
        OptionalReasonForm,
        danger=True,
    ),
)
WORDS = {
    "start": _("begun"),
    "record": _("recorded by an officer"),
    "ask": _("sent, waits for approval"),
    "confirm": _("confirmed"),
    "queue": _("put on the waiting list"),
    "reject": _("not accepted"),
    "cancel": _("cancelled"),
    "return": _("taken up again"),
    "edit": _("changed"),
    "seat_over": _("seat added by hand"),
    "link_shown": _("link shown to an officer"),
}
