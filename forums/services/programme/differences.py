"""What an officer would make public by releasing the programme now."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from forums.models import Event, ReleasedSession, Session
from forums.services.programme.snapshot import content_of, sessions_of

# The parts of a session as an officer calls them; kind and clock stand beside the content or in several of its keys.
PARTS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "title": (_("title"), ("title",)),
    "time": (_("time"), ("day", "starts", "ends")),
    "room": (_("room"), ("room",)),
    "summary": (_("about the session"), ("summary",)),
    "languages": (_("languages of work"), ("languages",)),
    "interpretation": (_("interpretation into"), ("interpretation",)),
    "speakers": (_("chairs and speakers"), ("speakers",)),
    "papers": (_("papers"), ("papers",)),
}


@dataclass(frozen=True)
class Difference:
    """A session that differs: ``parts`` names what, in words; empty when it is new or gone."""

    title: str
    clock: str
    parts: list[Any] = field(default_factory=list)


@dataclass
class Differences:
    """What is new, what differs and what is gone since the release that is shown now."""

    added: list[Difference] = field(default_factory=list)
    changed: list[Difference] = field(default_factory=list)
    removed: list[Difference] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def differences(event: Event) -> Differences:
    """The programme as it is now beside what is released; without a release everything is new."""
    released = {row.public_id: row for row in ReleasedSession.objects.current().filter(release__event=event)}
    found = Differences()
    for session in sessions_of(event):
        content = content_of(session, event)
        told = f"{content['day']} {content['starts']}–{content['ends']}"
        row = released.pop(session.public_id, None)
        if row is None:
            found.added.append(Difference(session.title, told))
        elif parts := _parts(session, content, row):
            found.changed.append(Difference(session.title, told, parts))
    for row in released.values():
        titles, content = row.content["title"], row.content
        told = f"{content['day']} {content['starts']}–{content['ends']}"
        found.removed.append(Difference(next(iter(titles.values()), ""), told))
    return found


def _parts(session: Session, content: dict[str, Any], row: ReleasedSession) -> list[Any]:
    parts = [label for label, keys in PARTS.values() if any(content[key] != row.content.get(key) for key in keys)]
    return [*([_("kind")] if session.kind != row.kind else []), *parts]
