"""Whoever works on registrations at the desk of ``chuo``."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from shared.staff.models import Role
from tests import factories
from tests.support.clients import signed_in
from tests.support.tenants import CHUO


@pytest.fixture
def receptionist(desk_client: Callable[[str], Client]) -> Client:
    """The browser of somebody at the counter (窓口)."""
    return signed_in(desk_client(CHUO), factories.clerk(roles=[Role.RECEPTION]))
