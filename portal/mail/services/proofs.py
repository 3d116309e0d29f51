"""Previews for officers: a wording for a chosen person, made by the functions that send, with links masked."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from portal.core.folding import fold
from portal.directory.models import Contact
from portal.mail.models import AdHocMessage, MessageTemplate, OutboxMessage
from portal.mail.registry import MessageKind, Recipient, Wording, get_audience, get_kind
from portal.mail.services.adhoc import KIND, render_params, wordings
from portal.mail.services.render import FALLBACK, HIDDEN, Rendered, masked, preview, render
from portal.mail.wording import WordingError

SEE_PEOPLE = "directory.view_contact"


@dataclass(frozen=True)
class Proof:
    """What an officer is shown: the message, for whom, or why it cannot be shown."""

    subject: str = ""
    text: str = ""
    html: str = ""
    files: tuple[str, ...] = ()
    to: str = ""
    note: str = ""
    fault: str = ""


def prove_wording(
    template: MessageTemplate, texts: dict[str, Wording], person: str, language: str = "", *, by: Any
) -> Proof:
    """An unsaved wording for the contact that ``person`` (name or address) finds, in ``language`` or their own.

    Whoever may not look at contacts sees the placeholders: no person is looked for and no value is a person's.
    """
    kind = get_kind(template.kind)
    if not by.has_perm(SEE_PEOPLE):
        return _prove(template, texts, None, _anybody(language), language or FALLBACK)
    contact = find_person(person)
    if person and contact is None:
        return Proof(fault=_("No contact has this name or address. Try a part of the name."))
    to = Recipient.from_contact(contact) if contact else _anybody(language)
    return _prove(template, texts, _about(kind, template.scope, contact), to, language or to.language)


def prove_adhoc(message: AdHocMessage, key: str, language: str = "") -> Proof:
    """The message to many for one of its people."""
    audience = get_audience(message.audience)
    member = audience.member(message.scope, key)
    if member is None:
        return Proof(fault=_("This person is no longer among those it goes to. Choose somebody else."))
    obj, to = member
    texts = wordings(message)
    language = language or to.language
    language = language if language in texts else FALLBACK
    params = render_params(message)
    try:
        rendered = preview(KIND, obj, to, scope=message.scope, params=params, texts=texts[language], language=language)
    except WordingError as error:
        return Proof(fault=str(error), to=to.name)
    names = tuple(message.attachments.values_list("name", flat=True))
    return Proof(masked(rendered.subject), masked(rendered.text), masked(rendered.html), names, to.name)


def prove_message(message: OutboxMessage) -> Proof:
    """A row of the outbox: as it was sent, or as it would be sent now."""
    if message.sent_body:
        return Proof(message.sent_subject, message.sent_body, to=message.to_name)
    try:
        rendered = render(message)
    except (WordingError, LookupError) as error:
        return Proof(fault=str(error), to=message.to_name)
    return _proof(rendered, message.to_name, secret=message.secret)


def text_to_copy(message: OutboxMessage) -> str:
    """The whole text with its link, for the officer who tells the person by telephone or messenger; never a code."""
    try:
        rendered = render(message)
    except (WordingError, LookupError) as error:
        return str(error)
    text = f"{rendered.subject}\n\n{rendered.text}"
    return text.replace(message.secret, HIDDEN) if message.secret else text


def find_person(text: str) -> Contact | None:
    """The first contact whose name or address has ``text`` in it."""
    text = text.strip()
    if not text:
        return None
    found = Q(search_key__contains=fold(text)) | Q(full_name__icontains=text) | Q(email__icontains=text)
    return Contact.objects.filter(found).select_related("country").first()


def _prove(template: MessageTemplate, texts: dict[str, Wording], obj: Any, to: Recipient, language: str) -> Proof:
    note = "" if obj else _("Nothing to take the values from yet: the placeholders show what will stand there.")
    if not _is_written(texts.get(language)):
        language = FALLBACK
    try:
        rendered = preview(template.kind, obj, to, scope=template.scope, texts=texts.get(language), language=language)
    except WordingError as error:
        return Proof(fault=str(error), to=to.name)
    return _proof(rendered, to.name, note)


def _about(kind: MessageKind, scope: str, contact: Contact | None) -> Any:
    """What the message would be about for this person, else any object of its kind."""
    obj = kind.about(scope, contact) if kind.about and contact else None
    return obj or (kind.sample(scope) if kind.sample else None)


def _anybody(language: str) -> Recipient:
    return Recipient("", _("any recipient"), "", language or FALLBACK, settings.OFFICE_TIME_ZONE)


def _is_written(wording: Wording | None) -> bool:
    return bool(wording and wording["subject"] and wording["body"])


def _proof(rendered: Rendered, to: str, note: str = "", secret: str = "") -> Proof:
    names = tuple(file.name for file in rendered.attachments)
    subject, text, html = (masked(part, secret) for part in (rendered.subject, rendered.text, rendered.html))
    return Proof(subject, text, html, names, to, note)
