"""A real SMTP server that keeps what it is given. It can refuse addresses and fail on demand."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller

GREYLISTED = "451 4.7.1 Try again later"
NO_SUCH_USER = "550 5.1.1 No such user"


@dataclass
class Sink:
    """``messages`` as they arrived. ``answers``: what it says to RCPT for an address; ``data_answer``: to DATA."""

    host: str = "127.0.0.1"
    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    contents: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    connections: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    data_answer: str = ""

    async def handle_EHLO(self, _server: Any, session: Any, _envelope: Any, host: str, lines: list[str]) -> list[str]:  # noqa: N802 - aiosmtpd's name
        session.host_name = host
        self.connections += 1
        return lines

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]) -> str:  # noqa: N802 - aiosmtpd's name
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.data_answer:
            return self.data_answer
        self.contents.append(envelope.content)
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        self.recipients.extend(envelope.rcpt_tos)
        return "250 OK"

    @property
    def ids(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.messages]


def text_of(message: EmailMessage) -> str:
    """The plain text of a message that arrived."""
    body = message.get_body(("plain",))
    assert body is not None
    return body.get_content().replace("\r\n", "\n").strip()


def html_of(message: EmailMessage) -> str:
    """The HTML of a message that arrived."""
    body = message.get_body(("html",))
    assert body is not None
    return body.get_content()


def header_of(content: bytes, name: str) -> str:
    """A header of a raw message, decoded as RFC 2047 says (the parser of ``messages`` adds spaces in long names)."""
    return str(make_header(decode_header(message_from_bytes(content)[name])))


@pytest.fixture
def smtp_sink(settings: Any) -> Iterator[Sink]:
    """A running sink; mail goes to it for the length of the test."""
    sink = Sink(port=_free_port())
    controller = Controller(sink, hostname=sink.host, port=sink.port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = sink.host, sink.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield sink
    controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
