"""Why a deed is refused. Each carries what its message needs; ``str()`` of it is fit for the page."""

from datetime import datetime

from django.utils.translation import gettext as _

from forums.models import Event
from portal.core.times import format_instant


class Refused(Exception):
    """A deed that the rules do not allow now; nothing was changed."""


class InviteRefused(Refused):
    """This contact cannot be invited to this event."""


class RegistrationClosed(Refused):
    """Nobody can register for or change a registration of this event now."""

    def __init__(self, event: Event) -> None:
        self.event = event
        self.closed_at: datetime | None = event.registration_closes_at()
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        if self.closed_at is None:
            return _("Registration is closed.")
        return _("Registration closed on %(instant)s.") % {
            "instant": format_instant(self.closed_at, self.event.time_zone)
        }


class AlreadyRegistered(Refused):
    """The contact has an active registration for this event."""

    def __init__(self, name: str) -> None:
        super().__init__(_("%(name)s is registered already: look for the name in the list.") % {"name": name})


class Incomplete(Refused):
    """Required answers are missing; ``missing`` are the field names, in the order of the form."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__(_("Some required answers are missing."))


class SeatsTaken(Refused):
    """A capacity below the seats already given."""

    def __init__(self, taken: int) -> None:
        self.taken = taken
        super().__init__(_("%(taken)d seats are already taken; the number cannot be lower.") % {"taken": taken})


class NoSeat(Refused):
    """No seat is free."""

    def __init__(self) -> None:
        super().__init__(_("No seat is free."))


class NotFirstInLine(Refused):
    """Somebody who needs the same seats has waited longer."""

    def __init__(self, first: str) -> None:
        super().__init__(
            _("%(name)s has waited longer. Give that person the seat, or add one by hand.") % {"name": first}
        )
