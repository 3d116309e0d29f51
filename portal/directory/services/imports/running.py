"""Takes planned contacts over: a row, a transaction."""

from dataclasses import dataclass, field
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.audit import log
from portal.core.jobs import confirm_job, create_job, job_kind
from portal.core.models import Job, JobRow
from portal.core.models.jobs import JobState, RowState
from portal.directory.enums import OrganisationKind
from portal.directory.models import Contact, Organisation
from portal.directory.services.contacts import create_contact, possible_duplicates, same_name, update_contact
from portal.directory.services.imports.columns import HAN, HEADINGS
from portal.directory.services.imports.planning import changes_of, read_contacts
from portal.directory.services.imports.rows import PlannedRow
from portal.directory.services.organisations import create_organisation

KIND = "import_contacts"
TO_DO = (RowState.CREATED, RowState.UPDATED)
NOTE = "import"


@dataclass(frozen=True)
class ImportedRow:
    """What became of one row; ``contact_id`` is the person it is about, None when there is none."""

    number: int
    label: str
    state: str
    reason: str
    contact_id: int | None


@dataclass
class ImportReport:
    """The rows in order, and the headings that were not understood."""

    rows: list[ImportedRow] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def contact_ids(self) -> list[int]:
        """Each person once, in the order of the sheet."""
        return list(dict.fromkeys(row.contact_id for row in self.rows if row.contact_id))

    def count(self, state: str) -> int:
        return sum(row.state == state for row in self.rows)


@transaction.atomic
def plan_import(file: IO[bytes], *, by: Any, name: str = "", back_url: str = "") -> Job:
    """Read and validate a whole sheet into a job that waits: each row says what it will do, or why it will not.

    Rows to be done wait with their plan in ``data["plan"]``; refused, unchanged and repeated rows have their state
    already; possible duplicates are ``UNDECIDED`` until ``decide_row``. Raises ``SheetError``. Nothing is imported.
    """
    plan = read_contacts(file)
    used = dict.fromkeys(code for row in plan for code in row.values)
    job = create_job(
        KIND,
        _("Contacts from {file}").format(file=name or _("a spreadsheet")),
        [(row.label, row.as_data() | {"plan": row.state}) for row in plan],
        by=by,
        params={"unknown": plan.unknown, "columns": [[code, HEADINGS[code]] for code in used]},
        back_url=back_url,
        confirm=True,
        numbers=[row.number for row in plan],
    )
    rows = list(job.rows.order_by("number"))
    for row, planned in zip(rows, plan, strict=True):
        row.state = RowState.WAITING if planned.state in TO_DO else planned.state
        row.reason = planned.reason
    JobRow.objects.bulk_update(rows, ["state", "reason"], batch_size=500)
    return job


@transaction.atomic
def decide_row(row: JobRow, decision: str, *, by: Any) -> None:
    """Say of a possible duplicate what it is: a candidate's key or "twin" (the same person), "new", or "skip".

    May be said again until the import is confirmed. ``ValidationError`` when it may not, or for another word. In
    order: the decision is kept with the row, the row waits or is skipped, the decision is logged.
    """
    job = Job.objects.select_for_update().get(pk=row.job_id)
    data = row.data
    allowed = [*map(str, data["candidates"]), *(["twin"] if data["twin"] else []), "new", "skip"]
    if job.state != JobState.DRAFT or not (data["candidates"] or data["twin"]):
        raise ValidationError(_("This import has begun; its rows can no longer be decided."))
    if decision not in allowed:
        raise ValidationError(_("Choose one of the answers offered."))
    data["decision"] = decision
    data["contact_id"] = int(decision) if decision.isdigit() else None
    data["plan"] = RowState.CREATED if decision == "new" else RowState.UPDATED
    row.state = RowState.SKIPPED if decision == "skip" else RowState.WAITING
    row.save(update_fields=["data", "state"])
    log(job, "row decided", by=by, note=f"{row.number}: {decision}")


def confirm_import(job: Job, *, by: Any) -> None:
    """Let the import begin. ``ValidationError`` while a possible duplicate is undecided."""
    undecided = job.rows.filter(state=RowState.UNDECIDED).count()
    if undecided:
        raise ValidationError(
            ngettext(
                "Decide first who is who: {count} row may be somebody who is in the directory already.",
                "Decide first who is who: {count} rows may be people who are in the directory already.",
                undecided,
            ).format(count=undecided)
        )
    confirm_job(job, by=by)


def import_now(file: IO[bytes], *, by: Any, on_duplicate: str = "update") -> ImportReport:
    """Take a sheet over at once, for commands and for inviting by upload; each row commits for itself.

    Nobody is asked: a row of the same name at the same organisation is taken for the same person, another name at a
    shared address for a new one. ``on_duplicate`` says what happens to people already known: "update" them from the
    row, or "skip", leaving them as they are (their ids are given all the same). Repeating it changes nothing. Raises
    ``SheetError`` when the file cannot be used at all.
    """
    plan = read_contacts(file)
    report = ImportReport(unknown=plan.unknown)
    for row in plan:
        _decide_alone(row)
        state, reason, contact_id = row.state, row.reason, row.contact_id
        if row.state in TO_DO and not (row.contact_id and on_duplicate == "skip"):
            state, reason, contact_id = _take_over(row, by=by)
        elif row.state == RowState.UPDATED:
            state, reason = RowState.SKIPPED, _("Already in the directory; left as it is.")
        report.rows.append(ImportedRow(row.number, row.label, state, reason, contact_id))
    return report


def _decide_alone(row: PlannedRow) -> None:
    """Settle a row that an officer would be asked about. Two rows that contradict each other are not chosen between."""
    if row.state != RowState.UNDECIDED:
        return
    if row.twin:
        row.state = RowState.SKIPPED
        return
    people = Contact.objects.in_bulk(row.candidates)
    namesakes = [pk for pk in row.candidates if pk in people and same_name(people[pk], row.fields["full_name"])]
    row.contact_id = next(iter(namesakes), None)
    row.state = RowState.UPDATED if row.contact_id else RowState.CREATED


@transaction.atomic
def _take_over(row: PlannedRow, *, by: Any, is_decided_new: bool = False) -> tuple[RowState, str, int | None]:
    """One row into the directory: its organisation, then its person. Done twice it makes nobody twice."""
    new = _organisation_of(row, by=by)
    contact = _person_of(row, is_decided_new=is_decided_new)
    if contact is None:
        places = {"organisation_id": row.organisation_id, "country_id": row.country_id}
        contact = create_contact({**row.fields, **places}, by=by, tags=row.tags, note=NOTE)
        return RowState.CREATED, new, contact.pk
    changed = update_contact(contact, changes_of(contact, row), by=by, tags=row.tags, note=NOTE)
    return (RowState.UPDATED if changed else RowState.UNCHANGED), new, contact.pk


def _person_of(row: PlannedRow, *, is_decided_new: bool) -> Contact | None:
    """The person a row is about; somebody who was added since the preview under this name and address too."""
    if row.contact_id:
        contact = Contact.objects.filter(pk=row.contact_id).first()
        if contact is None:
            raise ValidationError(_("This person was removed from the directory meanwhile. Import the row again."))
        return contact
    if is_decided_new or not row.email:
        return None
    namesakes = possible_duplicates(row.fields["full_name"]).filter(email__iexact=row.email)
    return namesakes.order_by("pk").first()


def _organisation_of(row: PlannedRow, *, by: Any) -> str:
    """Find or make the organisation of a row; says so when it was made."""
    if not row.organisation or row.organisation_id:
        return ""
    known = Organisation.objects.named(row.organisation).filter(country_id=row.country_id).first()
    if known is None:
        language = "zh_hans" if HAN.search(row.organisation) else "en"
        values = {f"name_{language}": row.organisation, "country_id": row.country_id, "kind": OrganisationKind.OTHER}
        known = create_organisation(values, by=by, note=NOTE)
        row.organisation_id = known.pk
        return _("New organisation: {name}.").format(name=row.organisation)
    row.organisation_id = known.pk
    return ""


@job_kind(KIND)
def import_row(job: Job, row: JobRow) -> tuple[RowState, str]:
    """One row of a confirmed import. The person's id is kept with the row, for rows that are the same person."""
    data = dict(row.data)
    decision = data.pop("decision", "")
    data.pop("plan")
    planned = PlannedRow(**data)
    if decision == "twin":
        twin = JobRow.objects.filter(job=job, data__number=planned.twin).first()
        planned.contact_id = twin.data["contact_id"] if twin else None
        if planned.contact_id is None:
            raise ValidationError(_("Row {number} was not taken over.").format(number=planned.twin))
    state, reason, contact_id = _take_over(planned, by=job.created_by, is_decided_new=decision == "new")
    row.data["contact_id"] = contact_id
    row.save(update_fields=["data"])
    return state, reason
