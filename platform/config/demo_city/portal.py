"""What the demonstration's citizens keep at the portal: favourite rooms, a search, and when to be reminded."""

from __future__ import annotations

import datetime as dt
from typing import Final

from config.demo_city.logins import CITIZENS, Citizen
from kernel import clock
from shared.accounts.models import FavouriteRoom, ReminderWish, SavedSearch
from shared.occupancy.models import RoomListing
from tenants.scope import portal_scope, unit_of_work

SEARCHES: Final = (
    ("土日の午前", "weekdays=6&weekdays=7&part=morning"),
    ("30人で午後に3時間", "part=afternoon&minutes=180&people=30"),
)
ROOMS_AT_A_FACILITY: Final = 2


def keep_favourites() -> None:
    """For each citizen with a registration, once: rooms of where they are registered, searches, reminders."""
    for one in CITIZENS:
        if one.registrations:
            with unit_of_work(portal_scope(account=one.account)):
                _keep(one)


def _keep(one: Citizen) -> None:
    if ReminderWish.objects.exists():
        return
    now = clock.now()
    rooms = [room for schema, _kind in one.registrations for room in _rooms(schema)]
    FavouriteRoom.objects.bulk_create(
        FavouriteRoom(account_id=one.account, place=place, tenant=room.tenant, room=room.room, made_at=now)
        for place, room in enumerate(rooms, start=1)
    )
    SavedSearch.objects.bulk_create(
        SavedSearch(account_id=one.account, place=place, name=name, query=query, made_at=now)
        for place, (name, query) in enumerate(SEARCHES, start=1)
    )
    ReminderWish.objects.create(
        account_id=one.account,
        use=[1440],
        tentative=[1440],
        opening=True,
        quiet_from=dt.time(21),
        quiet_until=dt.time(8),
        changed_at=now,
    )


def _rooms(schema: str) -> list[RoomListing]:
    return list(RoomListing.objects.filter(tenant=schema, is_public=True)[:ROOMS_AT_A_FACILITY])
