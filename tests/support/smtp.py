"""A real SMTP server on the loopback address, which a test may make slow, refusing or forgetful."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

LOOPBACK = "127.0.0.1"


@dataclass(slots=True)
class Post:
    """What the server has received, and how it answers."""

    port: int
    received: list[EmailMessage] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    """Recipient -> answer to RCPT, e.g. ``550 no such user``."""
    may_answer: threading.Event = field(default_factory=threading.Event)
    """While cleared, a mail is received and its acceptance is not told."""

    @property
    def numbers(self) -> list[str]:
        """The Message-IDs received, in order."""
        return [str(mail["Message-ID"]) for mail in self.received]

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        self.received.append(message_from_bytes(content, policy=policy.default))
        await asyncio.to_thread(self.may_answer.wait)
        return "250 OK"


@contextmanager
def post_office() -> Iterator[Post]:
    """Have a server run until the block ends."""
    post = Post(free_port())
    post.may_answer.set()
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    controller = Controller(post, hostname=LOOPBACK, port=post.port)
    controller.start()
    try:
        yield post
    finally:
        post.may_answer.set()
        controller.stop()


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port
