"""What the application declares for the tables of ``models.portal``."""

from __future__ import annotations

from typing import Final

from tenants.rights import Rights

PORTAL_RIGHTS: Final = {"bookings_reminder": Rights(tenant="SELECT, INSERT")}
PORTAL_EXEMPT: Final = {"bookings.reminder": "when a mail about a booking was written: it names nobody"}
