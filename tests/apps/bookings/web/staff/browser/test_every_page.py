"""Every page of the desk under axe, on a phone and a PC, and no wider than its screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from apps.bookings.services.use.counters import set_counters
from kernel import clock
from shared.actor import Actor
from tests import factories
from tests.support.accessibility import overflow, violations
from tests.support.browsing import PC, PHONE, OpenPage
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


@pytest.mark.parametrize("width", [PHONE, PC])
@pytest.mark.parametrize("make", MAKERS)
def test_a_page_has_no_violation_and_fits(open_page: OpenPage, make: Callable[[], str], width: int) -> None:
    page = open_page(make(), width=width)
    assert page.locator("h1").count() == 1
    assert violations(page) == []
    assert overflow(page) == 0


@pytest.mark.parametrize("width", [PHONE, PC])
@pytest.mark.parametrize(
    ("make", "button"), [(refusal, "不許可にする"), (step_three, "予約する"), (registrants, "探す")]
)
def test_a_form_that_came_back_has_no_violation_and_tells_its_errors_first(
    open_page: OpenPage, make: Callable[[], str], button: str, width: int
) -> None:
    page = open_page(make(), width=width)
    page.get_by_role("button", name=button).click()
    assert page.locator(".error-summary").is_visible()
    assert page.title().startswith("エラー：")
    assert violations(page) == []
    assert overflow(page) == 0


@pytest.mark.parametrize("width", [PHONE, PC])
def test_what_a_search_found_has_no_violation(open_page: OpenPage, width: int) -> None:
    page = open_page(registrants(), width=width)
    page.get_by_label("利用者を探す").fill("かくう")
    page.get_by_role("button", name="探す").click()
    assert page.get_by_role("heading", name="検索結果 21件").is_visible()
    assert violations(page) == []
    assert overflow(page) == 0


@pytest.mark.parametrize("width", [PHONE, PC])
def test_the_sign_in_page_has_no_violation(open_page: OpenPage, width: int) -> None:
    page = open_page("/", width=width, signed_in=False)
    page.get_by_label("ID").fill("kamome01")
    page.get_by_label("パスワード").fill("wrong")
    page.get_by_role("button", name="ログインする").click()
    assert page.get_by_text("IDまたはパスワードが違います。").is_visible()
    assert violations(page) == []
    assert overflow(page) == 0
