"""Puts a rendered message into an envelope: addresses, headers, parts."""

from email.encoders import encode_base64
from email.message import Message
from email.mime.base import MIMEBase
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from portal.core.office import office_name
from portal.mail.models import OutboxMessage
from portal.mail.registry import Attachment, get_kind
from portal.mail.services.render import Rendered


def build_mail(message: OutboxMessage, rendered: Rendered) -> EmailMultiAlternatives:
    """The mail as it is handed over. ``ValueError`` for an address that cannot stand in a header."""
    mail = EmailMultiAlternatives(
        subject=rendered.subject,
        body=rendered.text,
        from_email=_address(office_name(rendered.language), settings.OFFICE_EMAIL),
        to=[_address(message.to_name, message.to_email)],
        reply_to=_reply_to(message),
        headers={
            "Message-ID": message_id(message),
            "Auto-Submitted": "auto-generated",
            "Content-Language": rendered.language,
        },
    )
    mail.attach_alternative(rendered.html, "text/html")
    for attachment in rendered.attachments:
        mail.attach(_part(attachment))
    return mail


def message_id(message: OutboxMessage) -> str:
    """The same for every attempt, so that a repeat after a crash is recognised as one message."""
    return f"<{message.public_id}@{urlsplit(settings.BASE_URL).hostname}>"


def _address(name: str, email: str) -> str:
    if any(character in email for character in "\r\n<>,;"):
        raise ValueError("not an address")
    quoted = " ".join(name.replace("\\", " ").replace('"', "’").split())
    return f'"{quoted}" <{email}>' if quoted else email


def _reply_to(message: OutboxMessage) -> list[str]:
    """The message's own address for answers, else its kind's; never the sender's once more."""
    kind, obj = get_kind(message.kind), message.subject_object
    address = message.reply_to or (kind.reply_to(obj) if kind.reply_to and obj is not None else "")
    return [] if address in {"", settings.OFFICE_EMAIL} else [_address("", address)]


def _part(attachment: Attachment) -> MIMEBase:
    """A MIME part that keeps the parameters of its type (a calendar's ``method``)."""
    header = Message()
    header["Content-Type"] = attachment.content_type
    part = MIMEBase(header.get_content_maintype(), header.get_content_subtype())
    for name, value in header.get_params(failobj=[])[1:]:
        part.set_param(name, value)
    part.set_payload(attachment.content)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=attachment.name)
    return part
