"""The city's view of addresses from which desks were used, or refused at the entrance, in the last days."""

from __future__ import annotations

from typing import Final

from apps.compliance.rules.access import SEEN_DAYS
from tenants.rights import CityView

ACCESS_VIEWS: Final = {
    "city_desk_address": CityView(
        columns={"tenant": "text", "address": "inet", "is_refused": "boolean", "last_at": "timestamptz"},
        select=(
            "SELECT {tenant}::text, address, object_type = 'entrance', max(at) FROM {schema}.audit_auditentry"  # noqa: S608
            f" WHERE at > now() - interval '{SEEN_DAYS} days' AND address IS NOT NULL"
            " AND (actor_kind = 'staff' OR object_type = 'entrance') GROUP BY address, object_type = 'entrance'"
        ),
    )
}
