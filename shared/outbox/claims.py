"""Taking messages up, so that each is sent by one worker at a time, whatever happens to that worker.

A worker that takes a message up moves its ``due_at`` on: that is a lease, and its very value is the proof of
holding it. Every later change asks for that value, so a worker that was overtaken changes nothing. All of it runs as
the role that keeps the messages.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final

from django.db import transaction
from django.db.models import F, QuerySet

from kernel import clock
from shared.outbox.models import Message, MessageState
from shared.outbox.retries import code_of, is_final, wait_after

LEASE: Final = dt.timedelta(seconds=60)
OUTAGE: Final = dt.timedelta(seconds=30)
"""How long to leave a mail server alone that does not answer."""

CLAIM: Final = """
WITH due AS MATERIALIZED (
    SELECT id FROM outbox_message WHERE state = 'pending' AND due_at <= %(now)s
    ORDER BY attempts, due_at LIMIT %(at_most)s FOR UPDATE SKIP LOCKED
)
UPDATE outbox_message message SET due_at = %(until)s FROM due WHERE message.id = due.id RETURNING message.*
"""


def claim(*, at_most: int) -> list[Message]:
    """Take up to ``at_most`` messages that are due; one statement. Those tried before come last.

    So a message that kills its worker holds up no other.
    """
    now = clock.now()
    messages = Message.objects.raw(CLAIM, {"now": now, "until": now + LEASE, "at_most": at_most})
    return sorted(messages, key=lambda message: message.attempts)


def begin(message: Message) -> bool:
    """Count the attempt and renew the lease; False if another worker has taken the message since."""
    until = clock.now() + LEASE
    is_ours = bool(_ours(message).update(attempts=F("attempts") + 1, due_at=until))
    message.attempts, message.due_at = message.attempts + 1, until
    return is_ours


def deliver(message: Message, send: Callable[[], None]) -> bool:
    """Mark the message sent and ``send`` it, or neither; False if another worker has taken it since.

    The mark is written first and committed once ``send`` returns: until then the locked row keeps everybody
    else away, however long the mail server takes. Only a worker that dies after the server's acceptance and before
    the commit makes a second copy, with the same Message-ID.
    """
    with transaction.atomic():
        if not _ours(message).update(state=MessageState.SENT, sent_at=clock.now()):
            return False
        send()
    return True


def give_back(message: Message, error: Exception) -> MessageState:
    """Have the message tried again later, or no more; the state it has now."""
    state = MessageState.FAILED if is_final(error, attempts=message.attempts) else MessageState.PENDING
    due_at = clock.now() + wait_after(message.attempts)
    _ours(message).update(state=state, due_at=due_at, last_error=code_of(error))
    return state


def skip(message: Message) -> None:
    """Nothing is to be sent."""
    _ours(message).update(state=MessageState.SKIPPED)


def put_off(messages: Sequence[Message], wait: dt.timedelta = OUTAGE) -> None:
    """Leave messages that were taken up together to a later drain, as if they had not been tried; one statement."""
    if messages:
        ours = Message.objects.filter(pk__in=[message.pk for message in messages], state=MessageState.PENDING)
        ours.filter(due_at=messages[0].due_at).update(due_at=clock.now() + wait)


def revive() -> int:
    """Have all messages that failed tried anew; how many they are. One statement."""
    failed = Message.objects.filter(state=MessageState.FAILED)
    return failed.update(state=MessageState.PENDING, attempts=0, due_at=clock.now())


def _ours(message: Message) -> QuerySet[Message]:
    return Message.objects.filter(pk=message.pk, state=MessageState.PENDING, due_at=message.due_at)
