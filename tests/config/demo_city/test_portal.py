"""The demonstration's citizens have favourites and reminders, once, that every guard of the tables takes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.demo_city import portal
from config.demo_city.accounts import open_logins
from config.demo_city.logins import CITIZENS
from shared.accounts.models import FavouriteRoom, ReminderWish, SavedSearch
from tests import factories
from tests.support.scopes import as_portal
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")


def test_rooms_searches_and_reminders_are_kept_once(monkeypatch: pytest.MonkeyPatch) -> None:
    hanako = replace(CITIZENS[0], registrations=((CHUO, "individual"),))
    monkeypatch.setattr(portal, "CITIZENS", (hanako,))
    for number in range(3):
        factories.meeting_room(name=f"会議室{number}")
    open_logins()
    portal.keep_favourites()
    portal.keep_favourites()
    with as_portal(account=hanako.account):
        counts = [model._default_manager.count() for model in (FavouriteRoom, SavedSearch, ReminderWish)]
    assert counts == [2, 2, 1]
