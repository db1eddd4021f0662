"""IDs that nobody confirms or uses are suspended by themselves."""

from __future__ import annotations

from apps.compliance.services.recounts import close_recounts, open_recounts, suspend_unused
from tenants.scope import city_scope, unit_of_work
from tenants.tasks import task


@task(name="compliance.keep_accounts")
def keep_accounts() -> None:
    """Open and end recounts, and suspend unused IDs, of all facilities. Running it twice changes nothing more."""
    with unit_of_work(city_scope()):
        open_recounts()
        close_recounts()
        suspend_unused()
