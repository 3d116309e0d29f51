"""What the tests of mail share: a kind, an audience, a moment and a scope of their own, and a clock."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portal.directory.models import Contact
from portal.mail import registry
from portal.mail.models import OutboxMessage
from portal.mail.registry import Anchor, Attachment, Audience, MessageKind, Recipient, Scope
from portal.mail.services.outbox import write_message
from tests.factories import ContactFactory
from tests.sink import Sink

TEXTS = Path(__file__).parent / "texts.json"
WEDNESDAY = datetime(2026, 12, 2, 4, 0, tzinfo=UTC)  # midday in Beijing
TOKEN_LINK = "https://portal.example/en/invitations/abcdefghjkmn.ABCDEFGHIJKLMNOPQRSTUV/"


@dataclass
class World:
    """What the registered functions answer; a test changes it."""

    people: list[Contact] = field(default_factory=list)
    instant: datetime | None = WEDNESDAY
    is_live: bool = True
    is_wanted: bool = True
    values: dict[str, str] = field(default_factory=dict)
    files: list[Attachment] = field(default_factory=list)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """Registers kinds ``test.letter`` and ``test.code``, audience ``all``, moment ``day``, scopes ``fair:…``."""
    world = World()

    def members(scope: str) -> Iterator[tuple[Contact, Recipient]]:
        return ((contact, Recipient.from_contact(contact)) for contact in world.people)

    def context(contact: Contact, message: OutboxMessage) -> dict[str, str]:
        return {"name": message.to_name, "link": TOKEN_LINK, "code": message.secret, "place": "", **world.values}

    words = {"name": "the name", "link": "the link", "code": "the code", "place": "the place"}
    letter = MessageKind(
        "test.letter",
        "A letter",
        words,
        frozenset({"link"}),
        context,
        attachments=lambda _contact, _message: world.files,
        sample=lambda _scope: world.people[0] if world.people else None,
        about=lambda _scope, contact: contact,
        reply_to=lambda _contact: "desk@office.example",
        wanted=lambda _contact, _message: world.is_wanted,
    )
    code = MessageKind("test.code", "A code", words, frozenset({"code"}), context)
    for kind in (letter, code):
        monkeypatch.setitem(registry._kinds, kind.code, kind)
        monkeypatch.setitem(registry._texts, kind.code, TEXTS)
    audience = Audience("all", "everybody", members, link=lambda _contact: TOKEN_LINK, scope_kind="fair")
    monkeypatch.setitem(registry._audiences, "all", audience)
    anchor = Anchor("day", "the day", lambda _scope: world.instant, scope_kind="fair")
    monkeypatch.setitem(registry._anchors, "day", anchor)
    scope = Scope("fair", lambda scope: f"Fair {scope.partition(':')[2]}", lambda _scope: world.is_live)
    monkeypatch.setitem(registry._scopes, "fair", scope)
    return world


@pytest.fixture
def contact(db: None) -> Contact:
    return ContactFactory(full_name="Somchai Jaidee", email="somchai@ministry.example")


@pytest.fixture
def write(world: World, db: None) -> Callable[..., OutboxMessage]:
    """Writes one ``test.letter`` to a contact, due on Wednesday."""

    def write(contact: Contact | None = None, key: str = "", **values: object) -> OutboxMessage:
        contact = contact or ContactFactory()
        kind = values.pop("kind", "test.letter")
        to = Recipient.from_contact(contact)
        return write_message(kind, contact, to, dedupe_key=key or f"test:{contact.pk}", **{"at": WEDNESDAY, **values})

    return write


@pytest.fixture
def sink(smtp_sink: Sink) -> Sink:
    return smtp_sink
