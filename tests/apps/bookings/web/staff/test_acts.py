"""Permit, refuse, cancel, note: from the page that was seen, with what was typed kept."""

from __future__ import annotations

import pytest
from django.test import Client

from apps.bookings.models import Booking, BookingAct, BookingState, Document, StaffNote
from apps.bookings.services.cancel import cancel_by_staff
from apps.bookings.services.decide import permit
from shared.actor import Actor
from shared.audit.models import Action
from shared.staff.models import StaffAccount
from tests import factories
from tests.apps.bookings.web.staff.asking import audited, text_of, version_in
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

STALE = "ほかの操作により予約の内容が変わりました"


@pytest.fixture
def waiting(database: None) -> Booking:
    return factories.booking_awaiting_permit()


def now_of(booking: Booking) -> Booking:
    with as_tenant(CHUO):
        return Booking.objects.get(pk=booking.pk)


def test_a_permit_is_given_from_the_page(desk: Client, waiting: Booking, clerk: StaffAccount) -> None:
    version = version_in(desk.get(f"/bookings/{waiting.pk}/"))
    answer = desk.post(f"/bookings/{waiting.pk}/permit/", {"version": version}, follow=True)
    assert "許可しました。" in text_of(answer)
    assert now_of(waiting).state == BookingState.PERMITTED
    with as_tenant(CHUO):
        assert BookingAct.objects.get(act="permit").actor_id == clerk.pk


@pytest.mark.parametrize("version", ["", "0", "x", "９９", "9" * 5000, "-1"])
def test_a_page_without_the_present_version_permits_nothing(desk: Client, waiting: Booking, version: str) -> None:
    answer = desk.post(f"/bookings/{waiting.pk}/permit/", {"version": version})
    assert answer.status_code == 409
    assert STALE in text_of(answer)
    assert now_of(waiting).state == BookingState.UNDER_REVIEW


def test_a_double_click_permits_once(desk: Client, waiting: Booking) -> None:
    statuses = [
        desk.post(f"/bookings/{waiting.pk}/permit/", {"version": waiting.version}).status_code for _ in range(2)
    ]
    assert statuses == [302, 409]
    with as_tenant(CHUO):
        assert Document.objects.count() == 1


def test_a_refusal_keeps_its_ground_and_its_reason(desk: Client, waiting: Booking) -> None:
    version = version_in(desk.get(f"/bookings/{waiting.pk}/refuse/"))
    form = {"version": version, "ground": "damage", "reason": "舞台の床を傷めるおそれがあるため。"}
    answer = desk.post(f"/bookings/{waiting.pk}/refuse/", form, follow=True)
    assert "不許可にしました。" in text_of(answer)
    assert "舞台の床を傷めるおそれがあるため。" in text_of(answer)
    with as_tenant(CHUO):
        assert "第６条第２号" in Document.objects.get().content["provision"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"ground": "damage", "reason": ""}, "理由を入力してください。"),
        ({"ground": "damage", "reason": " 　\n"}, "理由を入力してください。"),
        ({"ground": "", "reason": "点検のため"}, "根拠となる規定を選択してください。"),
        ({"ground": "whim", "reason": "点検のため"}, "根拠となる規定を選択してください。"),
        ({"ground": "damage", "reason": "長" * 100_000}, "理由は500文字以内で入力してください（現在100000文字）。"),
        ({"ground": "damage", "reason": "点検\x00のため"}, "使えない文字が含まれています。"),
    ],
)
def test_a_refusal_that_lacks_something_is_told_beside_the_field(
    desk: Client, waiting: Booking, typed: dict[str, str], told: str
) -> None:
    answer = desk.post(f"/bookings/{waiting.pk}/refuse/", {"version": waiting.version} | typed)
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert typed["reason"].strip() in text_of(answer)
    assert now_of(waiting).state == BookingState.UNDER_REVIEW


def test_a_stale_refusal_writes_nothing_and_keeps_the_reason(desk: Client, waiting: Booking) -> None:
    form = {"version": waiting.version - 1, "ground": "management", "reason": "設備の点検のため"}
    answer = desk.post(f"/bookings/{waiting.pk}/refuse/", form)
    assert answer.status_code == 409
    assert STALE in text_of(answer)
    assert "設備の点検のため</textarea>" in text_of(answer)
    assert version_in(answer) == str(waiting.version)
    with as_tenant(CHUO):
        assert Document.objects.count() == 0


def test_a_refusal_after_somebody_elses_permit_shows_the_reason_that_was_typed(desk: Client, waiting: Booking) -> None:
    with as_tenant(CHUO):
        permit(actor=Actor("staff"), booking=waiting.pk)
    form = {"version": waiting.version, "ground": "management", "reason": "設備の点検のため"}
    answer = desk.post(f"/bookings/{waiting.pk}/refuse/", form)
    assert answer.status_code == 409
    assert "入力していた理由" in text_of(answer)
    assert "設備の点検のため" in text_of(answer)
    assert now_of(waiting).state == BookingState.PERMITTED


def test_a_cancellation_tells_its_reason_and_frees_the_slot(desk: Client) -> None:
    room = factories.meeting_room()
    booking = factories.permitted_booking(room=room)
    form = {"version": booking.version, "reason": "停電のため"}
    answer = desk.post(f"/bookings/{booking.pk}/cancel/", form, follow=True)
    assert "予約を取り消しました。" in text_of(answer)
    assert now_of(booking).reason == "停電のため"
    factories.booking_awaiting_permit(room=room)


def test_a_cancellation_needs_a_reason(desk: Client, waiting: Booking) -> None:
    answer = desk.post(f"/bookings/{waiting.pk}/cancel/", {"version": waiting.version})
    assert answer.status_code == 422
    assert "理由を入力してください。" in text_of(answer)


def test_what_is_cancelled_already_offers_no_cancellation(desk: Client, waiting: Booking) -> None:
    with as_tenant(CHUO):
        cancel_by_staff(actor=Actor("staff"), booking=waiting.pk, reason="停電のため")
    shown = text_of(desk.get(f"/bookings/{waiting.pk}/cancel/"))
    assert "この予約は現在の状態ではその操作ができません" in shown
    assert "<textarea" not in shown


def test_a_note_is_added_with_its_author(desk: Client, waiting: Booking, clerk: StaffAccount) -> None:
    answer = desk.post(f"/bookings/{waiting.pk}/notes/", {"text": "鍵は代表者に渡す\n電話済み"}, follow=True)
    assert "鍵は代表者に渡す<br>電話済み" in text_of(answer)
    with as_tenant(CHUO):
        assert StaffNote.objects.get().author == clerk.pk
    assert len(audited(Action.CREATE, "note")) == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [("", "備考を入力してください。"), ("長" * 1001, "備考は1000文字以内で入力してください（現在1001文字）。")],
)
def test_a_note_that_cannot_be_kept_is_told_and_stays_typed(
    desk: Client, waiting: Booking, typed: str, told: str
) -> None:
    answer = desk.post(f"/bookings/{waiting.pk}/notes/", {"text": typed})
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert f"{typed}</textarea>" in text_of(answer)
    with as_tenant(CHUO):
        assert StaffNote.objects.count() == 0


def test_typed_text_is_shown_as_text(desk: Client, waiting: Booking) -> None:
    desk.post(f"/bookings/{waiting.pk}/notes/", {"text": "<script>alert(1)</script>"})
    shown = text_of(desk.get(f"/bookings/{waiting.pk}/"))
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>alert" not in shown
