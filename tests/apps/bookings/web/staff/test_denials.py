"""What changes something at the desk is not done by GET. Who may ask for what: ``tests.attack``."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

SOME = uuid.UUID(int=1)
BY_POST_ONLY = [
    f"/bookings/{SOME}/permit/",
    "/bookings/permit/",
    "/bookings/file/",
    f"/bookings/{SOME}/documents/permit/",
    f"/cards/{SOME}/print/",
    f"/registrants/{SOME}/group-card/",
    f"/registrants/{SOME}/contacts/1/",
    f"/past-use/{SOME}/settle/",
    "/logout/",
]


@pytest.mark.parametrize("page", BY_POST_ONLY)
def test_what_changes_something_is_not_done_by_get(manager: Client, page: str) -> None:
    assert manager.get(page).status_code == 405
