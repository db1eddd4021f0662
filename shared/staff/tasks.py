"""Sessions of staff that are over."""

from __future__ import annotations

from shared.sessions import forget_expired
from shared.staff.models import StaffSession
from tenants.tasks import tenant_task


@tenant_task(name="staff.forget_sessions", also_shared=True)
def forget_staff_sessions(schema: str) -> None:
    """Delete the sessions of ``schema`` that are over: a desk's, or the city's in the shared schema."""
    forget_expired(StaffSession)
