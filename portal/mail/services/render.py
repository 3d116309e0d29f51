"""Turns a row of the outbox into what the recipient reads. Previews use the same functions as sending."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.template.loader import render_to_string
from django.utils import translation

from portal.core.links import mask_tokens
from portal.mail.models import MessageText, OutboxMessage
from portal.mail.registry import Attachment, MessageKind, Recipient, Wording, default_texts, get_kind
from portal.mail.wording import WordingError, fill_html, fill_subject, fill_text

FALLBACK = "en"
HIDDEN = "••••••"


@dataclass(frozen=True)
class Rendered:
    """A message as it leaves: one line of subject, plain text, the same as HTML, and its files."""

    subject: str
    text: str
    html: str
    attachments: list[Attachment] = field(default_factory=list)
    language: str = FALLBACK


def render(message: OutboxMessage) -> Rendered:
    """The message in its recipient's language. ``WordingError`` when its text cannot be filled in."""
    kind = get_kind(message.kind)
    language, wording = _choose_wording(kind, message)
    return _fill(kind, message, message.subject_object, language, wording)


def preview(
    kind: str,
    obj: models.Model | None,
    to: Recipient,
    *,
    scope: str = "",
    params: Mapping[str, Any] | None = None,
    texts: Wording | None = None,
    language: str | None = None,
) -> Rendered:
    """What ``to`` would get, nothing written. ``texts``: an unsaved wording to try, in ``language``.

    With ``obj`` None the placeholders show their meaning in angle quotes. Show links through ``masked``.
    """
    message = OutboxMessage(
        kind=kind,
        scope=scope,
        params=dict(params or {}),
        secret=HIDDEN,
        contact=to.contact,
        to_name=to.name,
        to_email=to.email,
        language=language or to.language,
        time_zone=to.time_zone,
    )
    found = get_kind(kind)
    chosen = (message.language, texts) if texts else _choose_wording(found, message)
    return _fill(found, message, obj, *chosen)


def masked(text: str, secret: str = "") -> str:
    """``text`` as it may be stored and shown: personal links blotted out, the code hidden."""
    shown = mask_tokens(text)
    return shown.replace(secret, HIDDEN) if secret else shown


def _choose_wording(kind: MessageKind, message: OutboxMessage) -> tuple[str, Wording]:
    """The recipient's language before English; in each the scope's wording, the house's, the shipped one."""
    own = kind.texts(message) if kind.texts else None
    for language in (message.language, FALLBACK):
        wording = own.get(language) if own is not None else _find_wording(kind.code, message.scope, language)
        if wording:
            return language, wording
    raise WordingError(f"there is no wording for {kind.code}")


def _find_wording(kind: str, scope: str, language: str) -> Wording | None:
    rows = MessageText.objects.filter(template__kind=kind, template__scope__in={scope, ""}, language=language)
    row = rows.order_by("-template__scope").values("subject", "body").first()
    return Wording(subject=row["subject"], body=row["body"]) if row else default_texts(kind).get(language)


def _fill(kind: MessageKind, message: OutboxMessage, obj: Any, language: str, wording: Wording) -> Rendered:
    files: list[Attachment] = []
    with translation.override(language):
        values = _values(kind, obj, message)
        if obj is not None and kind.attachments:
            files = kind.attachments(obj, message)
        subject, text = fill_subject(wording["subject"], values), fill_text(wording["body"], values)
        paragraphs = fill_html(wording["body"], values)
        context = {"language": language, "subject": subject, "paragraphs": paragraphs}
        html = render_to_string("mail/message.html", context)
    return Rendered(subject, text, html, [*files, *_stored_files(message)], language)


def _values(kind: MessageKind, obj: Any, message: OutboxMessage) -> dict[str, str]:
    """Only what the kind allows, whatever its context offers."""
    if obj is None and message.pk is None:
        return {name: f"‹{meaning}›" for name, meaning in kind.placeholders.items()}
    if obj is None and message.object_id:
        raise WordingError("what this message is about no longer exists")
    offered = kind.context(obj, message)
    return {name: str(value) for name, value in offered.items() if name in kind.placeholders}


def _stored_files(message: OutboxMessage) -> list[Attachment]:
    if message.pk is None:
        return []
    rows = message.attachments.select_related("file").order_by("pk")
    return [Attachment(row.file.name, row.file.content_type, _content(row.file.file)) for row in rows]


def _content(file: models.fields.files.FieldFile) -> bytes:
    with file.open("rb") as opened:
        content: bytes = opened.read()
    return content
