"""Sessions of citizens that are over."""

from __future__ import annotations

from shared.accounts.models import PortalSession
from shared.sessions import forget_expired
from tenants.scope import portal_scope, unit_of_work
from tenants.tasks import task


@task(name="accounts.forget_sessions")
def forget_portal_sessions() -> None:
    """Delete the portal's sessions that are over."""
    with unit_of_work(portal_scope()):
        forget_expired(PortalSession)
