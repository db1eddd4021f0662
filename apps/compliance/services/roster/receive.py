"""Whoever signs in with a one-time password has received the slip (受領)."""

from __future__ import annotations

from uuid import UUID

from django.db import connection


def receive(*, account: UUID) -> bool:
    """Note on the roster that the slip of ``account`` was received; False when it was before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT shared.staff_received(%s)", [account])
        return bool(cursor.fetchone()[0])
