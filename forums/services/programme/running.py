"""Takes a planned programme over: a row, a transaction."""

from collections.abc import Iterable, Iterator
from datetime import date, time
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from forums.models import Event, Session, SessionSpeaker
from forums.services.programme.clashes import Person, day_fault, parts_of, person_clash, room_clash, speaker_person
from forums.services.programme.columns import SESSION_COLUMNS, heading_of
from forums.services.programme.planning import planned_part, read_programme, speaker_values
from forums.services.programme.rooms import room_named
from forums.services.programme.rows import PlannedSession, Speaker
from portal.core.audit import changed_fields, log
from portal.core.folding import fold
from portal.core.jobs import create_job, job_kind
from portal.core.models import Job, JobRow
from portal.core.models.jobs import RowState
from portal.core.sheets import SheetError

KIND = "import_programme"
TO_DO = (RowState.CREATED, RowState.UPDATED)
NOTE = "import"
HEADINGS = {column.code: heading_of(column) for column in SESSION_COLUMNS}


@transaction.atomic
def plan_programme(file: IO[bytes], event: Event, *, by: Any, name: str = "", back_url: str = "") -> Job:
    """Read and check a whole sheet into a job that waits: each row says what it will do, or why it will not.

    ``core.jobs.confirm_job`` lets it begin. Raises ``SheetError`` when the file cannot be used, or holds no row.
    """
    plan = read_programme(file, event)
    if not plan.rows:
        raise SheetError(_("There is no session below the headings."))
    used = dict.fromkeys(code for row in plan.rows for code in row.values)
    job = create_job(
        KIND,
        _("Programme of {event} from {file}").format(event=event, file=name or _("a spreadsheet")),
        [(row.label, row.as_data() | {"plan": row.state}) for row in plan.rows],
        by=by,
        params={
            "event": event.pk,
            "unknown": plan.unknown,
            "sessions": [row.pk for row in plan.rows if row.pk and row.state in TO_DO],
            "columns": [[code, HEADINGS[code]] for code in used],
        },
        back_url=back_url,
        confirm=True,
        numbers=_numbers(plan.rows),
    )
    rows = list(job.rows.order_by("number"))
    for row, planned in zip(rows, plan.rows, strict=True):
        row.state = RowState.WAITING if planned.state in TO_DO else planned.state
        row.reason = " ".join(planned.reasons) or (_("New session.") if planned.state == RowState.CREATED else "")
    JobRow.objects.bulk_update(rows, ["state", "reason"], batch_size=500)
    return job


def _numbers(rows: Iterable[PlannedSession]) -> Iterator[int]:
    """Sessions by their row in the sheet; behind them what stands in the sheet of speakers alone."""
    last = 0
    for row in rows:
        last = max(last + 1, row.number)
        yield last


@job_kind(KIND)
def import_session(job: Job, row: JobRow) -> tuple[RowState, str]:
    """One row of a confirmed import. ``ValidationError`` when the programme has changed under it since the preview."""
    data = dict(row.data)
    data.pop("plan")
    planned = PlannedSession(**data)
    event = Event.objects.select_for_update().get(pk=job.params["event"])  # two imports at once look at each other's
    session = Session.objects.filter(event=event, pk=planned.pk).first() if planned.pk else Session(event=event)
    if session is None:
        raise ValidationError(_("This session was removed meanwhile. Import the row again."))
    room = room_named(event, planned.room) if planned.room else None
    planned.room_key = room.pk if room else None
    _check_again(planned, session, event, job.params["sessions"])
    values = _values(planned) | ({"room_id": room.pk} if room else {})
    changed = _save(session, values, by=job.created_by)
    if planned.speakers is not None:
        changed |= _set_speakers(session, planned.speakers)
    if planned.pk is None:
        return RowState.CREATED, ""
    return (RowState.UPDATED if changed else RowState.UNCHANGED), ""


def _check_again(planned: PlannedSession, session: Session, event: Event, moving: Iterable[int]) -> None:
    """Against what is stored and is not about to be changed by this import itself."""
    part = planned_part(planned, session if session.pk else None)
    others = parts_of(event, day=part.day, without=moving)
    faults = [day_fault(event, part.day), room_clash(part, others)]
    faults += [person_clash(person, part, others) for person in part.people]
    if any(faults):
        raise ValidationError(list(dict.fromkeys(filter(None, faults))))


def _values(planned: PlannedSession) -> dict[str, Any]:
    values = dict(planned.fields)
    values["day"] = date.fromisoformat(values["day"])
    for name in ("start_time", "end_time"):
        values[name] = time.fromisoformat(values[name])
    return values


def _save(session: Session, values: dict[str, Any], *, by: Any) -> bool:
    """Write and log what differs; whether anything did."""
    old = Session.objects.filter(pk=session.pk).first() if session.pk else None
    for name, value in values.items():
        setattr(session, name, value)
    if old is None:
        session.save()
        log(session, "added", by=by, note=NOTE)
        return True
    changes = changed_fields(old, session, list(values))
    if changes:
        session.save(update_fields=[name.removesuffix("_id") for name in changes])
        log(session, "changed", by=by, changes=changes, note=NOTE)
    return bool(changes)


def _set_speakers(session: Session, wanted: list[Speaker]) -> bool:
    """Write the speakers in the order of the file; who is there already keeps the contact. Whether anything changed."""
    old = list(session.speakers.all())
    if [speaker_values(speaker) for speaker in old] == wanted:
        return False
    known = [(person, speaker.contact_id) for speaker in old if (person := speaker_person(speaker))]
    session.speakers.all().delete()
    SessionSpeaker.objects.bulk_create(
        SessionSpeaker(session=session, order=order, contact_id=_contact_of(values, known), **values)
        for order, values in enumerate(wanted, 1)
    )
    return True


def _contact_of(values: Speaker, known: list[tuple[Person, int | None]]) -> int | None:
    names = {fold(values[name]) for name in ("name_en", "name_zh_hans") if values[name]}
    return next((contact for person, contact in known if contact and person.names & names), None)
