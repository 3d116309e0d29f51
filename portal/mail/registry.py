"""What the wings tell mail: their kinds of messages, audiences, moments and scopes. Filled in ``AppConfig.ready``.

A scope is a short text that names what a message belongs to, such as ``event:12``; its first part is registered here.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from django.utils.functional import Promise

from portal.core.models import StoredFile
from portal.directory.models import Contact

if TYPE_CHECKING:  # the models name their rows by what is registered here
    from portal.mail.models import OutboxMessage

Lazy = str | Promise


@dataclass(frozen=True)
class Recipient:
    """One person at one address. ``key`` tells recipients apart even when they share the address."""

    key: str
    name: str
    email: str
    language: str
    time_zone: str
    contact: Contact | None = None

    @classmethod
    def from_contact(cls, contact: Contact) -> "Recipient":
        """A contact, in the language and the zone that person is written to in."""
        key, zone = f"contact:{contact.pk}", contact.mail_time_zone
        return cls(key, str(contact), contact.email, contact.mail_language, zone, contact)


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a message."""

    name: str
    content_type: str
    content: bytes


class Wording(TypedDict):
    """Subject and body in one language."""

    subject: str
    body: str


@dataclass(frozen=True)
class MessageKind:
    """A kind of message.

    ``placeholders``: allowed in its texts, with their meaning; ``required``: those without which a text is refused.
    A placeholder whose name ends in ``link`` or ``url`` becomes clickable.
    ``context(obj, message)``: a value for every placeholder, in the active language; ``message.secret`` and
    ``message.params`` may be read. ``attachments(obj, message)``: files made when the message is rendered.
    ``sample(scope)``: an object to preview with. ``reply_to(obj)``: where answers go when the message names nobody.
    ``wanted(obj, message)``: asked just before sending; False cancels the message.
    ``texts(message)``: wording by language, for kinds whose text is no template. ``about(scope, contact)``: what a
    message to this contact would be about, for previews for a chosen person; None when there is nothing.
    """

    code: str
    title: Lazy
    placeholders: Mapping[str, Lazy]
    required: frozenset[str]
    context: Callable[[Any, "OutboxMessage"], Mapping[str, str]]
    attachments: Callable[[Any, "OutboxMessage"], list[Attachment]] | None = None
    sample: Callable[[str], Any] | None = None
    reply_to: Callable[[Any], str] | None = None
    wanted: Callable[[Any, "OutboxMessage"], bool] | None = None
    texts: Callable[["OutboxMessage"], Mapping[str, Wording]] | None = None
    about: Callable[[str, Contact], Any] | None = None


Member = tuple[Any, Recipient]


@dataclass(frozen=True)
class Audience:
    """A group of people within a scope.

    ``members(scope)``: each with the object that a message to them is about. ``find(scope, key)``: one of them by the
    recipient's key, for audiences that can tell without listing all. ``link(obj)``: the person's own link.
    ``scope_kind``: the scopes it exists in.
    """

    code: str
    title: Lazy
    members: Callable[[str], Iterable[Member]]
    find: Callable[[str, str], Member | None] | None = None
    link: Callable[[Any], str] | None = None
    scope_kind: str = "event"

    def member(self, scope: str, key: str) -> Member | None:
        """The member with this recipient key; None when there is none (any more)."""
        if self.find:
            return self.find(scope, key)
        return next((member for member in self.members(scope) if member[1].key == key), None)


@dataclass(frozen=True)
class Anchor:
    """A moment that reminders count from; ``instant(scope)`` is None while it is not known."""

    code: str
    title: Lazy
    instant: Callable[[str], datetime | None]
    scope_kind: str = "event"


@dataclass(frozen=True)
class Scope:
    """What messages can belong to. Reminders of a scope that is not live are not sent."""

    kind: str
    title: Callable[[str], str]
    is_live: Callable[[str], bool]
    files: Callable[[str], Iterable[StoredFile]] | None = None
    desk: Callable[[str], str] | None = None


_kinds: dict[str, MessageKind] = {}
_texts: dict[str, Path] = {}
_audiences: dict[str, Audience] = {}
_anchors: dict[str, Anchor] = {}
_scopes: dict[str, Scope] = {}


def register_kind(kind: MessageKind, texts_file: Path | None) -> None:
    """Make ``kind`` known. ``texts_file``: JSON ``{kind: {language: {subject, body}}}`` with its shipped wording."""
    unknown = kind.required - set(kind.placeholders)
    if unknown:
        raise ValueError(f"{kind.code} requires placeholders it does not have: {sorted(unknown)}")
    _kinds[kind.code] = kind
    if texts_file is not None:
        _texts[kind.code] = texts_file


def get_kind(code: str) -> MessageKind:
    """The kind; ``KeyError`` when no wing registered it."""
    return _kinds[code]


def kinds() -> list[MessageKind]:
    """Every registered kind, in the order of registration."""
    return list(_kinds.values())


def kind_title(code: str) -> str:
    """What staff call the kind; the bare code when it is not (any more) registered."""
    return str(_kinds[code].title) if code in _kinds else code


def default_texts(code: str) -> dict[str, Wording]:
    """The shipped wording of a kind by language; empty when it ships none."""
    return _shipped(_texts[code]).get(code, {}) if code in _texts else {}


def register_audience(audience: Audience) -> None:
    """Announce an audience; a later one of the same code replaces it."""
    _audiences[audience.code] = audience


def get_audience(code: str) -> Audience:
    """The audience; ``KeyError`` when no wing registered it."""
    return _audiences[code]


def audiences(scope: str = "") -> list[Audience]:
    """All audiences, or those of the kind of ``scope``."""
    return [one for one in _audiences.values() if not scope or one.scope_kind == scope.partition(":")[0]]


def register_anchor(anchor: Anchor) -> None:
    """Announce an anchor; a later one of the same code replaces it."""
    _anchors[anchor.code] = anchor


def get_anchor(code: str) -> Anchor:
    """The anchor; ``KeyError`` when no wing registered it."""
    return _anchors[code]


def anchors(scope: str = "") -> list[Anchor]:
    """All anchors, or those of the kind of ``scope``."""
    return [one for one in _anchors.values() if not scope or one.scope_kind == scope.partition(":")[0]]


def register_scope(
    kind: str,
    title: Callable[[str], str],
    is_live: Callable[[str], bool],
    files: Callable[[str], Iterable[StoredFile]] | None = None,
    desk: Callable[[str], str] | None = None,
) -> None:
    """Scopes ``<kind>:<id>`` exist. The functions take the whole scope; ``title`` in the active language.

    ``files(scope)``: stored files that may go with a message to many (an event's papers).
    ``desk(scope)``: the address at which staff work on it; "" when it is gone.
    """
    _scopes[kind] = Scope(kind, title, is_live, files, desk)


def scope_title(scope: str) -> str:
    """What the scope is called; empty for the house itself, the bare scope when its kind is not registered."""
    found = _scopes.get(scope.partition(":")[0])
    return found.title(scope) if found else scope


def scope_is_live(scope: str) -> bool:
    """Whether reminders of this scope go out; False when its kind is not registered."""
    found = _scopes.get(scope.partition(":")[0])
    return found is not None and found.is_live(scope)


def scope_files(scope: str) -> list[StoredFile]:
    """The files of this scope that may go with a message."""
    found = _scopes.get(scope.partition(":")[0])
    return list(found.files(scope)) if found and found.files else []


def scope_desk(scope: str) -> str:
    """Where staff work on what the scope names; "" when nobody said."""
    found = _scopes.get(scope.partition(":")[0])
    return found.desk(scope) if found and found.desk else ""


def scope_exists(scope: str) -> bool:
    """Whether a wing registered scopes of this kind."""
    return scope.partition(":")[0] in _scopes


@cache
def _shipped(path: Path) -> dict[str, dict[str, Wording]]:
    texts: dict[str, dict[str, Wording]] = json.loads(path.read_text(encoding="utf-8"))
    return texts
