"""What citizens leave behind: sessions, tokens and counts of tries that are over."""

from __future__ import annotations

from kernel import clock
from shared.accounts.models import AccountToken, PortalSession, PortalSignInPair
from shared.sessions import forget_expired
from shared.tries import forget_tries
from tenants.scope import portal_scope, unit_of_work
from tenants.tasks import task


@task(name="accounts.forget_sessions")
def forget_portal_sessions() -> None:
    """Delete the portal's sessions, tokens and counts of tries that are over."""
    with unit_of_work(portal_scope()):
        forget_expired(PortalSession)
        forget_tries(PortalSignInPair)
        AccountToken.objects.filter(expires_at__lte=clock.now()).delete()
