"""Why a spreadsheet was refused."""

from typing import Any


class SheetError(Exception):
    """The file was refused whole. ``message`` (lazy) says why and what to do; nothing of the file was used."""

    def __init__(self, message: Any) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class NoHeadings(SheetError):
    """No row of the file has a heading that is asked for."""
