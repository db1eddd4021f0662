"""納期 and 還付 are typed, previewed and set with the other terms, by room where a room has its own table."""

from __future__ import annotations

from django.test import Client

from apps.bookings.queries.terms import terms_on
from apps.bookings.rules.deadlines import RefundStep
from apps.bookings.rules.fees.due import DueTerms
from apps.bookings.rules.terms import RefundTerms
from kernel import clock
from tests import factories
from tests.apps.bookings.web.staff.life.test_pages import filled, text_of, typed_of
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO


def test_due_days_and_refunds_by_room_are_typed_previewed_and_set(manager: Client) -> None:
    room = factories.meeting_room()
    url = f"/settings/terms/{room.facility_id}/new/"
    typed = filled(text_of(manager.get(url)))
    said = {"kind": "before_use", "days": "7", "day": "31", "remind": "3", "lapse": "on"}
    typed |= {f"payment__{name}": [value] for name, value in said.items()}
    typed |= {"refund__rounding": ["ten_half_up"], "refund__article": ["第１１条"]}
    step = {"days": "30", "percent": "90", "article": "別表第３", "rooms": str(room.pk)}
    typed |= {f"refunds-0-{name}": [value] for name, value in step.items()}
    preview = text_of(manager.post(url, typed))
    for told in ("利用日の何日前", "10円未満四捨五入", "30日前まで 90%（室場1件に限る・別表第３）", "第１１条"):
        assert told in preview
    assert manager.post(url, typed_of(preview) | {"confirmed": "1"}).status_code == 302
    with as_tenant(CHUO):
        held = terms_on(room.facility_id, clock.today())
    assert held.payment == DueTerms("before_use", days=7, lapse=True, remind=3)
    assert held.refund == RefundTerms("ten_half_up", "第１１条")
    assert held.refunds == (RefundStep(30, 90, (room.pk,), "別表第３"),)
    assert "10円未満四捨五入" in text_of(manager.get("/settings/terms/"))


def test_a_share_or_a_day_that_cannot_be_comes_back(manager: Client) -> None:
    room = factories.meeting_room()
    url = f"/settings/terms/{room.facility_id}/new/"
    for wrong in ({"payment__day": ["32"]}, {"payment__kind": ["someday"]}, {"refund__rounding": ["down"]}):
        assert manager.post(url, filled(text_of(manager.get(url))) | wrong).status_code == 422
