"""Recounts as the facility and the city see them, and what was recorded of signing in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection

from apps.compliance.models.recount import Recount, RecountEntry
from apps.compliance.queries.facilities import tenant_names
from apps.compliance.rules.shared_ids import Finding, SignIn, shared_ids
from kernel import clock
from tenants.models import Tenant

LOOKED_BACK: Final = dt.timedelta(days=30)
MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Counted:
    """A recount with its rows."""

    recount: Recount
    entries: Sequence[RecountEntry]
    tenant: Tenant | None = None

    @property
    def unanswered(self) -> int:
        """How many IDs wait for an answer."""
        return sum(not one.answer for one in self.entries)

    @property
    def suspended(self) -> Sequence[RecountEntry]:
        """Those that nobody confirmed."""
        return [one for one in self.entries if one.suspended_at]

    @property
    def is_open(self) -> bool:
        """Whether answers are taken."""
        return self.recount.closed_at is None and clock.today() <= self.recount.closes_on


def own_recount() -> Counted | None:
    """This facility's newest recount; two statements."""
    found = Recount.objects.order_by("-quarter_on").first()
    return Counted(found, list(found.entries.order_by("login_id"))) if found else None


def city_recounts() -> list[Counted]:
    """The newest recounts of all facilities; three statements."""
    names = tenant_names()
    found = Recount.objects.prefetch_related("entries").order_by("-quarter_on", "tenant")[:MOST]
    return [Counted(one, list(one.entries.all()), names.get(one.tenant)) for one in found]


def findings() -> list[tuple[Finding, Tenant | None]]:
    """IDs that seem to be shared, of the last 30 days; two statements."""
    names = tenant_names()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tenant, account, login_id, name, at, is_out, host(address), terminal FROM shared.city_sign_in"
            " WHERE at > %s",
            [clock.now() - LOOKED_BACK],
        )
        seen = [SignIn(*row) for row in cursor.fetchall()]
    return [(one, names.get(one.first.tenant)) for one in shared_ids(seen)[:MOST]]
