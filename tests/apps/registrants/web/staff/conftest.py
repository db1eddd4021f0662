"""Whoever works on registrations at the desk of ``chuo``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client


@pytest.fixture
def receptionist(desk_client: Callable[[str], Client]) -> Client:
    """The browser of somebody at the counter (窓口)."""
    from shared.staff.models import Role
    from tests import factories  # the models cannot be loaded before the settings are
    from tests.support.clients import signed_in
    from tests.support.tenants import CHUO

    return signed_in(desk_client(CHUO), factories.clerk(roles=[Role.RECEPTION]))
