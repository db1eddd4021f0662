"""A clerk takes in a series: the preview with its conflicts under axe, another room chosen, all booked."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from apps.bookings.models import MeasureKind, MeasureScope, Series
from apps.bookings.services.measures import take_measure
from kernel import clock
from tests import factories
from tests.apps.bookings.web.staff.life.test_pages import STAFF, proposal
from tests.support.accessibility import faults
from tests.support.browsing import PHONE, OpenPage
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.browser


def test_a_conflict_of_a_series_is_met_with_another_room(visit: OpenPage, desk: Client) -> None:
    room, who, first = factories.meeting_room(), factories.group(), factories.soon()
    other = factories.meeting_room(at=room.facility, name="和室")
    factories.booking_awaiting_permit(room=room, day=first + dt.timedelta(weeks=1))
    page = visit("chuo.localhost", f"/registrants/{who.pk}/series/new/", client=desk, width=PHONE)
    page.locator("select[name=room]").select_option(str(room.pk))
    page.locator("input[name=slots]").first.check()
    page.locator("select[name=weekday]").select_option(str(first.isoweekday()))
    page.locator("input[name=first]").fill(f"{first:%Y-%m-%d}")
    page.locator("input[name=last]").fill(f"{first + dt.timedelta(weeks=2):%Y-%m-%d}")
    page.locator("select[name=purpose]").select_option("meeting")
    page.locator("input[name=headcount]").fill("10")
    page.get_by_role("button", name="日にちを確かめる").click()
    expect(page.get_by_text("予約できる日は2日です")).to_be_visible()
    assert faults(page) == {}
    page.locator("select").nth(1).select_option("和室")
    page.get_by_role("button", name="まとめて予約する").click()
    expect(page.get_by_text("3件の予約を受け付けました")).to_be_visible()
    with as_tenant(CHUO):
        rooms = list(Series.objects.get().bookings.order_by("day").values_list("room", flat=True))
    assert rooms == [room.pk, other.pk, room.pk]


def test_a_measure_that_was_decided_has_no_violation_and_fits(visit: OpenPage, manager: Client) -> None:
    one = proposal()
    with as_tenant(CHUO):
        take_measure(
            actor=STAFF, measure=one.pk, kind=MeasureKind.SUSPEND, days=30, first=clock.today(), reason="無断不使用",
            scope=MeasureScope.FACILITY,
        )  # fmt: skip
    page = visit("chuo.localhost", f"/penalties/{one.pk}/", client=manager, width=PHONE)
    page.get_by_text("措置を解除する").first.click()
    assert faults(page) == {}
