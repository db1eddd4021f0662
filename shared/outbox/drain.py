"""Sending what waits in one schema. Runs as the role that keeps the messages."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from contextlib import suppress
from typing import Final

import structlog
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from shared.outbox.claims import OUTAGE, begin, claim, deliver, give_back, put_off, skip
from shared.outbox.mails import mail_of
from shared.outbox.models import Message, MessageState
from shared.outbox.recipients import Recipient, recipients
from shared.outbox.retries import code_of

BATCH: Final = 20
ENOUGH: Final = 45.0
"""Seconds after which a drain leaves the rest to the next one, well within a task's time limit."""
AT_ONCE: Final = dt.timedelta(0)

log = structlog.get_logger(__name__)


class NotTakenError(RuntimeError):
    """The mail backend neither sent the mail nor said why."""


def drain() -> Counter[MessageState]:
    """Send the messages that are due; how many came to which state (pending: to be tried again).

    While the mail server lets nobody in, no message is tried, so that an outage of any length loses none.
    """
    done: Counter[MessageState] = Counter()
    until = time.monotonic() + ENOUGH
    connection = get_connection()
    try:
        while batch := claim(at_most=BATCH):
            known = recipients(message.recipient for message in batch)
            for position, message in enumerate(batch):
                is_late = time.monotonic() > until
                if is_late or not _lets_us_in(connection):
                    put_off(batch[position:], AT_ONCE if is_late else OUTAGE)
                    return done
                if state := _send(message, known.get(message.recipient), connection):
                    done[state] += 1
    finally:
        _close(connection)
    return done


def _send(message: Message, recipient: Recipient | None, connection: BaseEmailBackend) -> MessageState | None:
    """Send one message; its state then, or None if another worker has taken it."""
    if recipient is None:
        skip(message)
        return MessageState.SKIPPED
    if not begin(message):
        return None
    try:
        mail = mail_of(message, recipient, connection=connection)
        return MessageState.SENT if deliver(message, lambda: _hand_over(mail)) else None
    except Exception as error:  # noqa: BLE001  # one bad message must not hold up the others
        _close(connection)
        log.warning("mail not sent", message=str(message.pk), attempt=message.attempts, error=code_of(error))
        return give_back(message, error)


def _hand_over(mail: EmailMessage) -> None:
    if mail.send() != 1:
        raise NotTakenError


def _lets_us_in(connection: BaseEmailBackend) -> bool:
    """Whether the server could be logged in to; an open connection is kept."""
    try:
        connection.open()
    except OSError as error:
        log.warning("mail server does not let us in", error=code_of(error))
        return False
    return True


def _close(connection: BaseEmailBackend) -> None:
    """Say goodbye; what the server answers to that changes nothing."""
    with suppress(OSError):
        connection.close()
