"""Plans an import: who is new, who is known, and whom an officer has to look at."""

from collections.abc import Sequence
from typing import IO, Any

from django.utils.translation import gettext as _

from portal.core.folding import fold
from portal.core.models.jobs import RowState
from portal.core.sheets import read_sheet
from portal.directory.models import Contact
from portal.directory.services.imports.columns import COLUMNS, heading_of
from portal.directory.services.imports.known import Known, Person
from portal.directory.services.imports.rows import PlannedRow, read_row

NAMES = ("full_name", "native_name", "family_name", "given_names")


class Plan(list[PlannedRow]):
    """The rows of a sheet in order; ``unknown``: headings that were not understood."""

    def __init__(self, rows: Sequence[PlannedRow], unknown: Sequence[str]) -> None:
        super().__init__(rows)
        self.unknown = list(unknown)


def read_contacts(file: IO[bytes]) -> Plan:
    """Read a list of contacts and say of every row what will become of it; nothing is written.

    A row is the person already known when name and address agree. Somebody of the same name at the same organisation,
    or another name at the same address, makes it ``UNDECIDED``: an officer decides. Raises ``SheetError`` when the
    file as a whole cannot be used.
    """
    sheet, known = read_sheet(file, COLUMNS), Known()
    rows = [read_row(row, known) for row in sheet.rows]
    earlier: list[PlannedRow] = []
    by_name: dict[str, list[PlannedRow]] = {}
    for row in rows:
        if row.state == RowState.REFUSED:
            continue
        twin = _twin(row, by_name.get(fold(row.fields["full_name"]), []))
        if not _settle_twin(row, twin):
            _settle(row, known)
        earlier.append(row)
        by_name.setdefault(fold(row.fields["full_name"]), []).append(row)
    _compare(earlier)
    return Plan(rows, sheet.unknown)


def changes_of(contact: Contact, row: PlannedRow) -> dict[str, Any]:
    """The fields of ``contact`` that the row says anew. An empty cell says nothing; a name that differs in case or
    accents alone stays as it was written."""
    wanted = {name: value for name, value in row.fields.items() if value != ""}
    for name in ("organisation_id", "country_id"):
        if getattr(row, name) is not None:
            wanted[name] = getattr(row, name)
    return {name: value for name, value in wanted.items() if _says_anew(name, getattr(contact, name), value)}


def _says_anew(name: str, old: Any, new: Any) -> bool:
    if name in NAMES and old:
        return fold(old) != fold(new)
    if name in ("email", "assistant_email"):
        return old.casefold() != new.casefold()
    return bool(old != new)


def _twin(row: PlannedRow, namesakes: list[PlannedRow]) -> PlannedRow | None:
    """An earlier row of the same name at the same organisation, or at one that is not named."""
    for other in namesakes:
        if not row.organisation or not other.organisation or fold(row.organisation) == fold(other.organisation):
            return other
    return None


def _settle_twin(row: PlannedRow, twin: PlannedRow | None) -> bool:
    if twin is None:
        return False
    if row.email.casefold() == twin.email.casefold():
        row.state, row.reason = (
            RowState.SKIPPED,
            _("The same person stands in row {number}.").format(number=twin.number),
        )
    else:
        row.state, row.twin = RowState.UNDECIDED, twin.number
        row.reason = _("Row {number} has the same name and organisation, with another address.").format(
            number=twin.number
        )
    return True


def _settle(row: PlannedRow, known: Known) -> None:
    """Decide by what the directory knows: one certain match, some possible ones, or somebody new."""
    namesakes = known.named([row.fields["full_name"], row.fields.get("native_name", "")])
    certain = [person for person in namesakes if _is_certain(person, row)]
    if len(certain) == 1:
        row.contact_id, row.state = certain[0].pk, RowState.UPDATED
        return
    possible = certain or [person for person in namesakes if _may_share_organisation(person, row)]
    neighbours = [person for person in known.addressed(row.email) if person not in possible]
    row.candidates = [person.pk for person in [*possible, *neighbours]]
    if row.candidates:
        row.state = RowState.UNDECIDED
        row.reason = (
            _("Somebody of this name is in the directory.")
            if possible
            else _("Somebody else has the same e-mail address.")
        )


def _is_certain(person: Person, row: PlannedRow) -> bool:
    if row.email or person.email:
        return person.email == row.email.casefold()
    return person.organisation_id is not None and person.organisation_id == row.organisation_id


def _may_share_organisation(person: Person, row: PlannedRow) -> bool:
    return not row.organisation or person.organisation_id in (None, row.organisation_id)


def _compare(rows: list[PlannedRow]) -> None:
    """Tell known people that change from those that do not, and say what will be made or changed."""
    pks = [row.contact_id for row in rows if row.contact_id]
    contacts = Contact.objects.prefetch_related("tags").in_bulk(pks)
    for row in rows:
        if row.contact_id:
            contact = contacts[row.contact_id]
            names = list(changes_of(contact, row))
            if row.organisation and row.organisation_id is None:
                names.append("organisation_id")
            if not set(row.tags) <= {tag.name for tag in contact.tags.all()}:
                names.append("tags")
            row.state = RowState.UPDATED if names else RowState.UNCHANGED
            row.reason = _("Changes: {fields}.").format(fields=_headings(names)) if names else ""
        if row.organisation and row.organisation_id is None and row.state != RowState.SKIPPED:
            new = _("New organisation: {name}.").format(name=row.organisation)
            row.reason = f"{row.reason} {new}".strip()


def _headings(names: list[str]) -> str:
    return ", ".join(dict.fromkeys(map(heading_of, names)))
