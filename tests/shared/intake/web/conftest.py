"""The desk of ``chuo`` as its manager (施設管理責任者) sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from shared.staff.models import StaffAccount


@pytest.fixture
def manager(database: None) -> StaffAccount:
    """Who may take files in."""
    from tests import factories

    return factories.clerk(roles=["facility_manager"])


@pytest.fixture
def desk(desk_client: Callable[[str], Client], manager: StaffAccount) -> Client:
    """The manager's browser, signed in."""
    from tests.support.clients import signed_in

    return signed_in(desk_client("chuo"), manager)
