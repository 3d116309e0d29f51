"""Contacts from the offices' own spreadsheets: planned whole, shown, decided, then taken over row by row."""

from portal.directory.services.imports.planning import read_contacts
from portal.directory.services.imports.rows import PlannedRow
from portal.directory.services.imports.running import (
    ImportedRow,
    ImportReport,
    confirm_import,
    decide_row,
    import_now,
    plan_import,
)

__all__ = [
    "ImportReport",
    "ImportedRow",
    "PlannedRow",
    "confirm_import",
    "decide_row",
    "import_now",
    "plan_import",
    "read_contacts",
]
