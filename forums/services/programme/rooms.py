"""Which room a sheet means, by either of its names."""

from typing import Any

from forums.models import Event, Room
from portal.core.folding import fold

Found = tuple[Any, list[str]]  # a key that tells rooms apart, and the names in English and Chinese


class Rooms:
    """The rooms of an event. An event without any takes those that its first sheet names."""

    LIMIT = 120

    def __init__(self, event: Event) -> None:
        self._rooms: list[tuple[Any, list[str]]] = [(room.pk, _names(room)) for room in event.rooms.all()]
        self.is_fixed = bool(self._rooms)

    def find(self, english: str, chinese: str) -> Found | None:
        """The room under one of these names; None when the event has others only."""
        wanted = {fold(name) for name in (english, chinese) if name}
        for key, names in self._rooms:
            if wanted & {fold(name) for name in names if name}:
                if not self.is_fixed:  # a later row may say the other name
                    names[:] = [names[0] or english, names[1] or chinese]
                return key, names
        if self.is_fixed:
            return None
        self._rooms.append((f"new {len(self._rooms)}", [english, chinese]))
        return self._rooms[-1]

    def listed(self) -> str:
        """The names of the rooms, for a message."""
        return ", ".join(" / ".join(filter(None, names)) for _key, names in self._rooms)


def room_named(event: Event, names: list[str]) -> Room:
    """The room under one of these names (English, Chinese), made when the event has none."""
    wanted = {fold(name) for name in names if name}
    rooms = list(event.rooms.all())
    for room in rooms:
        if wanted & {fold(name) for name in _names(room) if name}:
            return room
    return Room.objects.create(event=event, name_en=names[0], name_zh_hans=names[1], order=len(rooms) + 1)


def _names(room: Any) -> list[str]:
    return [room.name_en or "", room.name_zh_hans or ""]
