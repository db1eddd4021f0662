"""What citizens leave behind: sessions and tokens that are over."""

from __future__ import annotations

from kernel import clock
from shared.accounts.models import AccountToken, PortalSession
from shared.sessions import forget_expired
from tenants.scope import portal_scope, unit_of_work
from tenants.tasks import task


@task(name="accounts.forget_sessions")
def forget_portal_sessions() -> None:
    """Delete the portal's sessions and tokens that are over."""
    with unit_of_work(portal_scope()):
        forget_expired(PortalSession)
        AccountToken.objects.filter(expires_at__lte=clock.now()).delete()
