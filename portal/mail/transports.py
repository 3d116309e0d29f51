"""How mail leaves: Django's SMTP backend, or one file per message in a private folder."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

FOLDER_MODE, FILE_MODE = 0o700, 0o600
FAULTS_THAT_STOP = 2


class FileBackend(BaseEmailBackend):
    """Keeps each message as ``<time>-<id>.eml`` in ``EMAIL_FILE_PATH``, readable by the owner only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folder = Path(settings.EMAIL_FILE_PATH)

    def open(self) -> bool:
        self.folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        self.folder.chmod(FOLDER_MODE)
        return True

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.open()
        for mail in email_messages:
            self._write(mail)
        return len(email_messages)

    def _write(self, mail: EmailMessage) -> None:
        content = mail.message()
        label = str(content["Message-ID"]).strip("<>").partition("@")[0].replace("/", "_")
        path = self.folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}-{label}.eml"
        # Renamed when whole, so that nobody reads half a message.
        half = path.with_suffix(".part")
        with os.fdopen(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE), "wb") as file:
            file.write(content.as_bytes())
        half.rename(path)


class Transport:
    """One connection for one run. It is closed after a fault and opened again for the next message."""

    def __init__(self) -> None:
        self._connection: Any = None
        self._faults_in_a_row = 0

    def __enter__(self) -> "Transport":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def is_down(self) -> bool:
        """Whether the server itself, not a message, was at fault several times in a row."""
        return self._faults_in_a_row >= FAULTS_THAT_STOP

    def send(self, mail: EmailMessage) -> None:
        """Hand one message over; raises what the connection raises (``OSError``, of which SMTP's errors are kinds)."""
        try:
            if self._connection is None:
                self._connection = get_connection()
                self._connection.open()
            self._connection.send_messages([mail])
        except OSError as error:
            self._faults_in_a_row += not isinstance(error, SMTPRecipientsRefused | SMTPDataError)
            self.close()
            raise
        self._faults_in_a_row = 0

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
