"""A tenant is closed for good (廃止): its desk and its bookings end, its data stay."""

from __future__ import annotations

from typing import Final

from django.db import connection

from apps.compliance.agreement_errors import TenantStateError
from apps.compliance.founding_errors import AskerError, ClosingReasonError, HinderedError, OverrideError
from kernel.errors import DomainError
from shared.actor import Actor
from tenants import directory

REFUSALS: Final[dict[str, tuple[type[DomainError], str]]] = {
    "role": (AskerError, ""),
    "reason": (ClosingReasonError, "reason"),
    "state": (TenantStateError, ""),
    "hindered": (HinderedError, ""),
    "override": (OverrideError, "in_spite"),
}


def close_tenant(*, actor: Actor, schema: str, reason: str, in_spite: bool = False) -> None:
    """Close the tenant ``schema``; every process notices within ``directory.FRESH_SECONDS``.

    The database looks for what hinders it while nobody can book, and writes both audits. ``HinderedError`` while there
    are bookings ahead or the handover is not confirmed, unless 総括 closes ``in_spite`` of it (``OverrideError`` for
    anybody else); ``TenantStateError``, ``ClosingReasonError``, ``AskerError``.
    """
    given = [schema, actor.id, reason, in_spite, actor.address, actor.request_id]
    with connection.cursor() as cursor:
        cursor.execute("SELECT tenant_close(%s, %s, %s, %s, %s, %s)", given)
        (refusal,) = cursor.fetchone() or ("state",)
    if refusal:
        error, field = REFUSALS[refusal]
        raise error(field=field)
    directory.forget()
