"""One row of a programme: read, and refused with every reason at once."""

import unicodedata
from dataclasses import asdict, dataclass, field
from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _

from forums.models import Event, Session, SessionSpeaker
from forums.services.programme.cells import CellError, by_language, read_day, read_languages, read_time, unknown
from forums.services.programme.clashes import Part, Person, day_fault, person_of
from forums.services.programme.columns import KIND_WORDS, ROLE_WORDS, find_word
from forums.services.programme.rooms import Rooms
from portal.core.models.jobs import RowState
from portal.core.sheets import SheetRow

Speaker = dict[str, str]
SPEAKER_TEXTS = ("name", "position", "organisation", "topic")
SPEAKER_FIELDS = ("role", *(f"{name}_{code}" for name in SPEAKER_TEXTS for code in ("en", "zh_hans")))
LINE = ("role", *SPEAKER_TEXTS)


@dataclass
class PlannedSession:
    """What will become of one row. ``fields`` are those of a session, as JSON can hold them; ``speakers`` None says
    that the file names nobody for it; ``pk`` is the session it is known to be; ``values`` what the cells said."""

    number: int
    label: str
    key: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    room: list[str] | None = None
    room_key: Any = None
    speakers: list[Speaker] | None = None
    pk: int | None = None
    state: str = RowState.CREATED
    reasons: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)

    def refuse(self, reason: str) -> None:
        self.state = RowState.REFUSED
        self.reasons.append(reason)

    @property
    def is_refused(self) -> bool:
        return self.state == RowState.REFUSED

    @property
    def title(self) -> str:
        return self.fields.get("title_en") or self.fields.get("title_zh_hans") or ""

    def as_data(self) -> dict[str, Any]:
        """Everything, as JSON can hold it."""
        return asdict(self)

    def part(self) -> Part:
        """The stretch of the programme that the row asks for (of a row that was not refused)."""
        people = (person_of((one["name_en"], one["name_zh_hans"])) for one in self.speakers or [])
        return self.part_with(tuple(person for person in people if person))

    def part_with(self, people: tuple[Person, ...]) -> Part:
        start, end = (time.fromisoformat(self.fields[name]) for name in ("start_time", "end_time"))
        return Part(self.title, date.fromisoformat(self.fields["day"]), start, end, self.room_key, people)


def read_row(row: SheetRow, event: Event, rooms: Rooms) -> PlannedSession:
    """The row with its cells understood, or refused and why."""
    raw = {code: text_of(value) for code, value in row.values.items()}
    planned = PlannedSession(
        row.number, _("row {number}").format(number=row.number), raw.get("session", ""), values=raw
    )
    planned.fields = by_language(raw, "title")
    if planned.title:
        planned.label = f"{raw.get('day', '')} {raw.get('start', '')} {planned.title}".strip()
    else:
        planned.refuse(_("The title is missing."))
    _read_clock(planned, row.values, event)
    _read_words(planned, raw)
    _read_room(planned, raw, rooms)
    _read_speakers(planned, raw.get("speakers", ""))
    _check_lengths(planned)
    return planned


def read_speaker(values: dict[str, Any]) -> Speaker:
    """One row of the sheet of speakers, or one line of a cell. ``CellError`` when it cannot be understood."""
    raw = {code: text_of(value) for code, value in values.items()}
    found = dict.fromkeys(SPEAKER_FIELDS, "")
    for name in SPEAKER_TEXTS:
        found |= by_language(raw, name)
    if not (found["name_en"] or found["name_zh_hans"]):
        raise CellError(_("The name is missing."))
    role = find_word(ROLE_WORDS, raw.get("role") or "speaker")
    if role is None:
        raise CellError(unknown(_("Role"), raw["role"], ROLE_WORDS))
    found["role"] = role
    for name in SPEAKER_FIELDS:
        limit = getattr(SessionSpeaker._meta.get_field(name), "max_length", None)
        if limit and len(found[name]) > limit:
            raise CellError(
                _("“{text}…” is longer than {limit} characters.").format(text=found[name][:30], limit=limit)
            )
    return found


def text_of(value: Any) -> str:
    """A cell as composed text without blanks at the ends. A time keeps its minutes alone."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return unicodedata.normalize("NFC", str(value)).strip()


def _read_clock(planned: PlannedSession, values: dict[str, Any], event: Event) -> None:
    found: dict[str, Any] = {}
    for name, code, read in (
        ("day", "day", read_day), ("start_time", "start", read_time), ("end_time", "end", read_time)
    ):  # fmt: skip
        try:
            found[name] = read(values.get(code, ""))
        except CellError as error:
            planned.refuse(str(error))
    if "day" in found:
        planned.fields["day"] = found["day"].isoformat()
        if fault := day_fault(event, found["day"]):
            planned.refuse(fault)
    for name in ("start_time", "end_time"):
        if name in found:
            planned.fields[name] = f"{found[name]:%H:%M}"
    if "start_time" in found and "end_time" in found and found["end_time"] <= found["start_time"]:
        planned.refuse(_("The session ends before it begins."))


def _read_words(planned: PlannedSession, raw: dict[str, str]) -> None:
    if kind := raw.get("kind"):
        found = find_word(KIND_WORDS, kind)
        if found:
            planned.fields["kind"] = str(found)
        else:
            planned.refuse(unknown(_("Kind"), kind, KIND_WORDS))
    for name in ("languages", "interpretation"):
        try:
            codes = read_languages(raw.get(name, ""))
        except CellError as error:
            planned.refuse(str(error))
        else:
            if codes:
                planned.fields[name] = codes


def _read_room(planned: PlannedSession, raw: dict[str, str], rooms: Rooms) -> None:
    names = by_language(raw, "room")
    if not names:
        return
    found = rooms.find(names.get("room_en", ""), names.get("room_zh_hans", ""))
    if found is None:
        planned.refuse(
            _("Room “{text}” is not known. Write one of: {rooms}; or add the room to the event first.").format(
                text=next(iter(names.values())), rooms=rooms.listed()
            )
        )
    else:
        planned.room_key, planned.room = found


def _read_speakers(planned: PlannedSession, cell: str) -> None:
    """A line a person: role | name | position | organisation | topic; a line without a bar is a name."""
    lines = [line.strip() for line in cell.splitlines() if line.strip()]
    if not lines:
        return
    planned.speakers = []
    for line in lines:
        parts = [part.strip() for part in line.replace("｜", "|").split("|")]
        try:
            planned.speakers.append(
                read_speaker(dict(zip(LINE, parts if len(parts) > 1 else ["", *parts], strict=False)))
            )
        except CellError as error:
            planned.refuse(_("Speaker “{line}”: {fault}").format(line=line[:80], fault=error))


def _check_lengths(planned: PlannedSession) -> None:
    for name in ("title_en", "title_zh_hans"):
        limit = getattr(Session._meta.get_field(name), "max_length", None)
        if limit and len(planned.fields.get(name, "")) > limit:
            planned.refuse(_("The title is longer than {limit} characters.").format(limit=limit))
    if planned.room and any(len(name) > Rooms.LIMIT for name in planned.room):
        planned.refuse(_("The name of the room is longer than {limit} characters.").format(limit=Rooms.LIMIT))
