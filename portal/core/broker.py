"""The embedded broker: kombu's folder of message files, with each message appearing whole."""

import time
import uuid
from pathlib import Path
from typing import Any

from kombu.transport import filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """kombu writes into the file that a worker may already be reading; the worker then ends on half a message."""

    def _put(  # type: ignore[override] # kombu's own classes disagree on the names
        self, queue: str, message: Any, **_options: Any
    ) -> None:
        """Write the message under a name that nobody reads, then give it its name in one step."""
        folder = Path(self.data_folder_out)
        whole = folder / f"{round(time.monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        part = whole.with_suffix(".part")
        part.write_bytes(str_to_bytes(dumps(message)))
        part.replace(whole)


class Transport(filesystem.Transport):
    """Named in the settings by its path."""

    Channel = Channel
