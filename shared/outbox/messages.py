"""A mail to be written along with a change."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from kernel import clock
from shared.outbox.models import Message


def message(*, template: str, recipient: UUID, context: dict[str, Any]) -> Message:
    """An unsaved mail to the portal account ``recipient``, to be inserted with the change that it tells of."""
    now = clock.now()
    return Message(template=template, recipient=recipient, context=context, due_at=now, created_at=now)
