"""Every page of the desk under axe, on a phone and a PC, and no wider than its screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from apps.bookings.services.use.counters import set_counters
from kernel import clock
from shared.actor import Actor
from tests import factories
from tests.support.accessibility import faults
from tests.support.browsing import CAME_BACK, PHONE, OpenPage
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.browser


def day_address() -> str:
    return f"/?day={factories.soon():%Y-%m-%d}"


def board() -> str:
    hall = factories.hall_with_halves()
    factories.permitted_booking(room=hall.half_a)
    factories.counter_booking(factories.group(group_name="ふれあい卓球クラブ架空支部・実行委員会"), hall.half_b)
    return day_address()


def inbox() -> str:
    for _ in range(3):
        factories.booking_awaiting_permit()
    return "/inbox/"


def booking() -> str:
    return f"/bookings/{factories.booking_awaiting_permit().pk}/"


def permitted() -> str:
    return f"/bookings/{factories.permitted_booking().pk}/"


def refusal() -> str:
    return f"{booking()}refuse/"


def place() -> str:
    factories.meeting_room()
    return "/bookings/new/"


def step_two() -> str:
    return f"/bookings/new/?room={factories.meeting_room().pk}&day={factories.soon():%Y-%m-%d}&slot=1"


def step_three() -> str:
    return f"{step_two()}&registrant={factories.group().pk}"


def registrant() -> str:
    found = factories.group()
    factories.counter_booking(found, factories.meeting_room())
    return f"/registrants/{found.pk}/"


def registrants() -> str:
    for _ in range(21):
        factories.individual()
    return "/registrants/"


def use() -> str:
    hall = factories.hall_with_halves()
    names = [("60歳以上", "60 and over"), ("その他", "Others")]
    with as_tenant(CHUO):
        set_counters(actor=Actor(kind="staff"), facility=hall.facility.pk, valid_from=clock.today(), names=names)
    for room in (hall.half_a, hall.half_b):
        factories.permitted_booking(room=room)
    return f"/use/?day={factories.soon():%Y-%m-%d}"


def month() -> str:
    use()
    return f"/reports/?month={factories.soon():%Y-%m}"


def year() -> str:
    use()
    return "/reports/year/"


def pivot() -> str:
    use()
    days = f"first={clock.today():%Y-%m-%d}&last={factories.soon():%Y-%m-%d}"
    return f"/reports/pivot/?{days}"


MAKERS = [
    board,
    inbox,
    booking,
    permitted,
    refusal,
    place,
    step_two,
    step_three,
    registrant,
    registrants,
    use,
    month,
    year,
    pivot,
]


@pytest.mark.parametrize("make", MAKERS)
def test_a_page_has_no_violation_and_fits(open_page: OpenPage, make: Callable[[], str]) -> None:
    page = open_page(make())
    assert faults(page) == {}


@pytest.mark.parametrize(
    ("make", "button"), [(refusal, "不許可にする"), (step_three, "予約する"), (registrants, "探す")]
)
def test_a_form_that_came_back_has_no_violation_and_tells_its_errors_first(
    open_page: OpenPage, make: Callable[[], str], button: str
) -> None:
    page = open_page(make(), width=PHONE)
    page.get_by_role("button", name=button).click()
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page).to_have_title(CAME_BACK)
    assert faults(page) == {}


def test_what_a_search_found_has_no_violation(open_page: OpenPage) -> None:
    page = open_page(registrants(), width=PHONE)
    page.get_by_label("利用者を探す").fill("かくう")
    page.get_by_role("button", name="探す").click()
    expect(page.get_by_role("heading", name="検索結果 21件")).to_be_visible()
    assert faults(page) == {}


def test_the_sign_in_page_has_no_violation(open_page: OpenPage) -> None:
    page = open_page("/", width=PHONE, signed_in=False)
    page.get_by_label("ID").fill("kamome01")
    page.get_by_label("パスワード").fill("wrong")
    page.get_by_role("button", name="ログインする").click()
    expect(page.get_by_text("IDまたはパスワードが違います。")).to_be_visible()
    assert faults(page) == {}
