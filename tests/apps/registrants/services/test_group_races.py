"""Clerks at once: one form sent twice, and one group before two of them."""

from __future__ import annotations

import uuid
from collections import Counter

import pytest

from apps.registrants.group_errors import SimilarGroupsError
from apps.registrants.models import GroupMember, Registrant
from apps.registrants.services.register_group import register_group
from tests.apps.bookings.services.test_races import together
from tests.apps.registrants.services.grouping import LICENCE, clerk, entry
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("database")]


def test_a_form_that_is_sent_eight_times_at_once_registers_once() -> None:
    key = uuid.uuid4()

    def work(_number: int) -> str:
        with as_tenant(CHUO):
            return register_group(actor=clerk(), document=LICENCE, key=key, entry=entry()).number

    assert len(Counter(together(8, work))) == 1
    with as_tenant(CHUO):
        assert (Registrant.objects.count(), GroupMember.objects.count()) == (1, 5)


def test_of_eight_clerks_with_one_group_before_them_seven_are_shown_the_others_registration() -> None:
    def work(_number: int) -> str:
        with as_tenant(CHUO):
            try:
                register_group(actor=clerk(), document=LICENCE, key=uuid.uuid4(), entry=entry())
            except SimilarGroupsError:
                return "shown"
            return "registered"

    assert Counter(together(8, work)) == {"registered": 1, "shown": 7}
