"""Sessions of staff that are over, and counts of tries that hold up nobody."""

from __future__ import annotations

from shared.sessions import forget_expired
from shared.staff.forgetting import forget_proofs
from shared.staff.models import SignInPair, StaffSession
from shared.tries import forget_tries
from tenants.tasks import tenant_task


@tenant_task(name="staff.forget_sessions", also_shared=True)
def forget_staff_sessions(schema: str) -> None:
    """Delete the sessions of ``schema`` that are over: a desk's, or the city's in the shared schema."""
    forget_expired(StaffSession)


@tenant_task(name="staff.forget_tries", also_shared=True)
def forget_staff_tries(schema: str) -> None:
    """Delete the counts of tries in ``schema`` that hold up nobody."""
    forget_tries(SignInPair)


@tenant_task(name="staff.forget_proofs", also_shared=True)
def forget_staff_proofs(schema: str) -> None:
    """Take passkeys, apps and recovery codes away from the accounts of ``schema`` that have ended."""
    forget_proofs()
