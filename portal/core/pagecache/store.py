"""The bounded store of one process: least recently used entries leave first."""

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from portal.core.pagecache.entry import Entry

MAX_BYTES = 32 * 1024 * 1024


class Key(NamedTuple):
    """What makes a page another page."""

    is_secure: bool
    host: str
    path: str
    query: str
    is_htmx: bool
    language: str = ""


class Store:
    """Entries by key, each good for one epoch and until an instant; safe for threads."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self.max_bytes = max_bytes
        self.bytes = 0
        self._lock = Lock()
        self._entries: OrderedDict[Key, Entry] = OrderedDict()

    def get(self, key: Key, *, epoch: str, now: float) -> Entry | None:
        """The entry, when it was rendered under this epoch and its time has not come."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return None
            if entry.epoch != epoch or now >= entry.until:
                self._drop(key)
                return None
            self._entries.move_to_end(key)
            return entry

    def put(self, key: Key, entry: Entry) -> None:
        """Keep ``entry``, at the cost of those not used for longest; one that is too big alone is not kept."""
        if entry.size > self.max_bytes:
            return
        with self._lock:
            self._drop(key)
            self._entries[key] = entry
            self.bytes += entry.size
            while self.bytes > self.max_bytes:
                self._drop(next(iter(self._entries)))

    def __len__(self) -> int:
        return len(self._entries)

    def _drop(self, key: Key) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self.bytes -= entry.size
