"""One row of a list of contacts: read, cleaned, and refused with every reason at once."""

import re
import unicodedata
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from portal.core.folding import fold
from portal.core.models.jobs import RowState
from portal.core.sheets import SheetRow
from portal.directory.models import Contact
from portal.directory.services.imports.columns import HAN, LANGUAGES, NO, YES, heading_of
from portal.directory.services.imports.known import Known

TAG_BREAKS = re.compile(r"[,;，；、]")
TAG_LENGTH, ORGANISATION_LENGTH = 50, 250
PLAIN = (
    "full_name", "family_name", "given_names", "native_name", "title", "email", "phone", "messenger", "assistant_name",
    "assistant_email",
)  # fmt: skip


@dataclass
class PlannedRow:
    """What will become of one row.

    ``fields`` are those of a contact; ``contact_id`` is the person it is known to be, ``candidates`` whom it may be;
    ``twin`` is an earlier row that may be the same person; ``values`` what the cells said.
    """

    number: int
    label: str
    fields: dict[str, Any] = field(default_factory=dict)
    organisation: str = ""
    organisation_id: int | None = None
    country_id: int | None = None
    tags: list[str] = field(default_factory=list)
    state: str = RowState.CREATED
    reason: str = ""
    contact_id: int | None = None
    candidates: list[int] = field(default_factory=list)
    twin: int | None = None
    values: dict[str, str] = field(default_factory=dict)

    @property
    def email(self) -> str:
        return str(self.fields.get("email", ""))

    def refuse(self, *reasons: str) -> None:
        self.state, self.reason = RowState.REFUSED, " ".join(reasons)

    def as_data(self) -> dict[str, Any]:
        """Everything, as JSON can hold it."""
        return asdict(self)


def read_row(row: SheetRow, known: Known) -> PlannedRow:
    """The row with its values cleaned (composed Unicode, no blanks at the ends, nothing else), or refused and why."""
    raw = {code: _text(value) for code, value in row.values.items()}
    name = raw.get("full_name") or raw.get("native_name", "")
    planned = PlannedRow(row.number, name or _("row {number}").format(number=row.number), values=raw)
    planned.fields = {code: raw[code] for code in PLAIN if raw.get(code)} | {"full_name": name}
    planned.fields |= _by_script(raw, "position") | _by_script(raw, "department")
    planned.tags = [tag.strip() for tag in TAG_BREAKS.split(raw.get("tags", "")) if tag.strip()]
    reasons = [*_wrong_choices(planned), *_wrong_places(planned, known), *_wrong_values(planned)]
    if reasons:
        planned.refuse(*reasons)
    return planned


def _text(value: Any) -> str:
    return unicodedata.normalize("NFC", str(value)).strip()


def _by_script(raw: dict[str, str], name: str) -> dict[str, str]:
    """A cell in Chinese goes to the Chinese field, any other to the English one; a column that says which wins."""
    text = raw.get(name, "")
    found = {f"{name}_{'zh_hans' if HAN.search(text) else 'en'}": text} if text else {}
    for heading, field_name in ((f"{name}_en", f"{name}_en"), (f"{name}_zh", f"{name}_zh_hans")):
        if raw.get(heading):
            found[field_name] = raw[heading]
    return found


def _wrong_choices(planned: PlannedRow) -> list[str]:
    reasons = []
    if language := planned.values.get("language", ""):
        codes = [code for code, words in LANGUAGES.items() if fold(language) in words]
        planned.fields["language"] = codes[0] if codes else ""
        if not codes:
            reasons.append(_("Language “{text}”: write English or Chinese.").format(text=language))
    if answer := fold(planned.values.get("no_automatic_mail", "")):
        planned.fields["no_automatic_mail"] = answer in YES
        if answer not in YES | NO:
            reasons.append(_("No automatic mail “{text}”: write yes or no.").format(text=answer))
    return reasons


def _wrong_places(planned: PlannedRow, known: Known) -> list[str]:
    reasons = []
    if country := planned.values.get("country", ""):
        planned.country_id = known.country_id(country)
        if planned.country_id is None:
            reasons.append(
                _(
                    "Country “{text}” is not known. Write it as in our list of countries, or its two-letter code."
                ).format(text=country)
            )
    planned.organisation = planned.values.get("organisation", "")
    found = known.organisation_ids(planned.organisation, planned.country_id)
    planned.organisation_id = found[0] if len(found) == 1 else None
    if len(found) > 1:
        reasons.append(
            _("Several organisations are called “{text}”. Add the country.").format(text=planned.organisation)
        )
    return reasons


def _wrong_values(planned: PlannedRow) -> list[str]:
    reasons = [] if planned.fields["full_name"] else [_("The name is missing.")]
    for code in ("email", "assistant_email"):
        address = planned.fields.get(code, "")
        if address and not _is_address(address):
            reasons.append(_("“{text}” is not an e-mail address.").format(text=address))
    limits = {"organisation": ORGANISATION_LENGTH} | {
        name: getattr(Contact._meta.get_field(name), "max_length", None) for name in planned.fields
    }
    for name, limit in limits.items():
        text = planned.organisation if name == "organisation" else planned.fields[name]
        if limit and isinstance(text, str) and len(text) > limit:
            reasons.append(_("{column}: longer than {limit} characters.").format(column=heading_of(name), limit=limit))
    if any(len(tag) > TAG_LENGTH for tag in planned.tags):
        reasons.append(
            _("{column}: longer than {limit} characters.").format(column=heading_of("tags"), limit=TAG_LENGTH)
        )
    return reasons


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
