"""What is done by POST at the city is not done by GET. Who may ask for what: ``tests.attack``."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from tests.apps.compliance.web.city.asking import person
from tests.support.tenants import CHUO

PERSON = person(CHUO, uuid.UUID(int=1))
BY_POST_ONLY = [PERSON, "/logout/"]
BY_GET_ONLY = ["/", "/tenants/chuo/", "/usage/", "/usage/csv/", "/bookings/", "/senior-cards/"]


@pytest.mark.parametrize("page", BY_POST_ONLY)
def test_what_is_done_by_post_is_not_done_by_get(city: Client, page: str) -> None:
    assert city.get(page).status_code == 405


@pytest.mark.parametrize("page", BY_GET_ONLY)
def test_what_is_only_shown_takes_no_post(city: Client, page: str) -> None:
    assert city.post(page).status_code == 405


@pytest.mark.parametrize("page", ["/registrants/chuo/1/", "/registrants/%ff/%fe/", f"{PERSON}edit/", "/admin/"])
def test_an_address_that_does_not_exist_is_not_found(city: Client, page: str) -> None:
    assert city.post(page).status_code == 404
