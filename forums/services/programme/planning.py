"""Plans the import of a programme: what is new, what changes, what cannot be."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext as _

from forums.models import Event, Session
from forums.services.programme.cells import CellError
from forums.services.programme.clashes import Part, Person, part_of, person_clash, room_clash
from forums.services.programme.columns import SESSION_COLUMNS, SPEAKER_COLUMNS
from forums.services.programme.rooms import Rooms
from forums.services.programme.rows import SPEAKER_FIELDS, PlannedSession, Speaker, read_row, read_speaker, text_of
from portal.core.folding import fold
from portal.core.models.jobs import RowState
from portal.core.sheets import NoHeadings, is_workbook, read_sheet

MAX_SESSIONS, MAX_SPEAKERS = 2_000, 10_000
NAMES = ("name", "name_en", "name_zh_hans")


@dataclass
class Plan:
    """The rows in order, and the headings that were not understood."""

    rows: list[PlannedSession]
    unknown: list[str]


def read_programme(file: IO[bytes], event: Event) -> Plan:
    """Read a programme and say of every row what will become of it; nothing is written.

    A row is the session already stored when its number is that session's, or day, beginning and room are the same
    (without a room: the title). Clashes are looked for among the rows and with whatever is stored and not in the
    file. Raises ``SheetError`` when the file as a whole cannot be used.
    """
    sheet = read_sheet(file, SESSION_COLUMNS, max_rows=MAX_SESSIONS)
    rooms = Rooms(event)
    rows = [read_row(row, event, rooms) for row in sheet.rows]
    rows += _add_speakers(file, rows)
    _refuse_repeated(rows)
    stored = _stored(event)
    _recognise(rows, stored)
    _refuse_clashes(rows, stored)
    for row in rows:
        _compare(row, stored)
    return Plan(rows, sheet.unknown)


def _add_speakers(file: IO[bytes], rows: list[PlannedSession]) -> list[PlannedSession]:
    """Give each session its rows of the sheet of speakers; gives refused rows for those that belong to none."""
    by_key = {fold(row.key): row for row in reversed(rows) if row.key}
    lost = []
    for number, values in _speaker_rows(file):
        key = text_of(values.pop("session", ""))
        row = by_key.get(fold(key))
        if row is None:
            lost.append(
                PlannedSession(number, _("Speakers, row {number}").format(number=number), values={"session": key})
            )
            lost[-1].refuse(_("No session has the number “{key}”.").format(key=key))
            continue
        try:
            row.speakers = [*(row.speakers or []), read_speaker(values)]
        except CellError as error:
            row.refuse(_("Speakers, row {number}: {fault}").format(number=number, fault=error))
    return lost


def _speaker_rows(file: IO[bytes]) -> list[tuple[int, dict[str, Any]]]:
    """The rows of the sheet of speakers; none when the file has no such sheet."""
    if not is_workbook(file):
        return []
    try:
        sheet = read_sheet(file, SPEAKER_COLUMNS, max_rows=MAX_SPEAKERS)
    except NoHeadings:
        return []
    if not any(name in row.values for row in sheet.rows[:1] for name in NAMES):
        return []
    return [(row.number, dict(row.values)) for row in sheet.rows]


def _refuse_repeated(rows: list[PlannedSession]) -> None:
    first: dict[str, int] = {}
    for row in rows:
        key = fold(row.key)
        if key and key in first:
            row.refuse(_("Row {number} has the same session number.").format(number=first[key]))
        first.setdefault(key, row.number)


def _stored(event: Event) -> dict[int, Session]:
    sessions = Session.objects.filter(event=event).select_related("room").prefetch_related("speakers")
    return {session.pk: session for session in sessions}


def _recognise(rows: list[PlannedSession], stored: dict[int, Session]) -> None:
    """Tell which rows are sessions that are stored; none is two rows."""
    by_key = {session.public_id: pk for pk, session in stored.items()}
    by_place: dict[Any, list[int]] = defaultdict(list)
    for pk, session in stored.items():
        by_place[session.day.isoformat(), f"{session.start_time:%H:%M}", session.room_id].append(pk)
    taken = {by_key[row.key] for row in rows if row.key in by_key and not row.is_refused}
    for row in rows:
        if row.is_refused:
            continue
        row.pk = by_key.get(row.key)
        if row.pk is None:
            places = by_place[row.fields["day"], row.fields["start_time"], row.room_key]
            row.pk = next((pk for pk in places if pk not in taken and _is_it(row, stored[pk])), None)
        if row.pk is not None:
            taken.add(row.pk)


def _is_it(row: PlannedSession, session: Any) -> bool:
    """With a room nothing else can be there; without one only the title tells."""
    if row.room_key is not None:
        return True
    return bool(_titles(row.fields) & _titles(vars(session)))


def _titles(values: Mapping[str, Any]) -> set[str]:
    return {fold(values[name]) for name in ("title_en", "title_zh_hans") if values.get(name)}


def _refuse_clashes(rows: list[PlannedSession], stored: dict[int, Session]) -> None:
    """Refuse what clashes. A refused row leaves its stored session where it is, which may be in the way of others:
    so it is gone through again until nothing more is refused."""
    while True:
        good = [row for row in rows if not row.is_refused]
        moving = {row.pk for row in good}
        others = [part_of(session) for pk, session in stored.items() if pk not in moving]
        by_day: dict[Any, list[Part]] = defaultdict(list)
        for part in others:
            by_day[part.day].append(part)
        refused = [_refuse_one(row, by_day, stored) for row in good]
        if not any(refused):
            return


def _refuse_one(row: PlannedSession, by_day: dict[Any, list[Part]], stored: dict[int, Session]) -> bool:
    """Whether the row clashes with what stands before it; when it does not it is added to that."""
    part = planned_part(row, stored.get(row.pk or 0))
    before = by_day[part.day]
    faults = [room_clash(part, before), *(person_clash(person, part, before) for person in part.people)]
    for fault in dict.fromkeys(filter(None, faults)):
        row.refuse(fault)
    if not row.is_refused:
        before.append(part)
    return row.is_refused


def planned_part(row: PlannedSession, session: Session | None) -> Part:
    """What the row asks for. Of a stored session it keeps the room and the speakers that the row does not name."""
    if session is None:
        return row.part()
    there = part_of(session).people
    part = row.part_with(there if row.speakers is None else _with_contacts(row.part().people, there))
    if row.room_key is None and session.room_id is not None:
        part = Part(part.title, part.day, part.start, part.end, session.room_id, part.people)
    return part


def _with_contacts(people: tuple[Person, ...], there: tuple[Person, ...]) -> tuple[Person, ...]:
    """A sheet knows no contacts: who is in the session already has the contact of before."""
    return tuple(next((known for known in there if known.names & person.names), person) for person in people)


def _compare(row: PlannedSession, stored: dict[int, Session]) -> None:
    """Tell sessions that change from those that do not."""
    if row.is_refused:
        return
    if row.pk is None:
        row.state = RowState.CREATED
        return
    parts = changes_of(row, stored[row.pk])
    row.state = RowState.UPDATED if parts else RowState.UNCHANGED
    if parts:
        if not _titles(row.fields) & _titles(vars(stored[row.pk])):  # the officer shall see what would be lost
            row.reasons.append(_("Takes the place of “{title}”.").format(title=stored[row.pk].title))
        row.reasons.append(_("Changes: {fields}.").format(fields=", ".join(parts)))


def changes_of(row: PlannedSession, session: Session) -> list[str]:
    """In words what the row would change of the session. An empty cell changes nothing."""
    now = {
        "day": session.day.isoformat(),
        "start_time": f"{session.start_time:%H:%M}",
        "end_time": f"{session.end_time:%H:%M}",
    }
    names = [name for name, value in row.fields.items() if now.get(name, getattr(session, name)) != value]
    parts = [str(getattr(Session._meta.get_field(name), "verbose_name", name)) for name in names]
    if row.room_key is not None and row.room_key != session.room_id:
        parts.append(_("room"))
    if row.speakers is not None and row.speakers != [speaker_values(one) for one in session.speakers.all()]:
        parts.append(_("chairs and speakers"))
    return list(dict.fromkeys(parts))


def speaker_values(speaker: Any) -> Speaker:
    """A stored speaker as a row of a sheet has it."""
    return {name: getattr(speaker, name) or "" for name in SPEAKER_FIELDS}
