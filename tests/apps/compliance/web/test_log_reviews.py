"""The monthly review: made by itself, explained, signed, confirmed."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.test import Client

from apps.compliance.models.logs import AuditAlert, LogReview, LogSample
from apps.compliance.services.log_reviews import drawn
from apps.compliance.tasks import review_log, watch_log
from kernel.spans import day_span
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.staff.models import Role
from tests import factories
from tests.support.clients import signed_in
from tests.support.scopes import as_city, as_tenant
from tests.support.tenants import CHUO, SPORTS

Freeze = Callable[[str], object]


@pytest.fixture
def december(freeze: Freeze, database: None) -> None:
    """Thirty views, a search and a print in November; it is the morning of 1 December."""
    freeze("2026-11-20 10:00")
    clerk = factories.clerk(name="架空　見太郎")
    with as_tenant(CHUO):
        for _ in range(30):
            record(Actor("staff", clerk.pk), Action.VIEW, object_type="registrant", object_id=uuid.uuid4())
        record(Actor("staff", clerk.pk), Action.SEARCH, object_type="registrant")
    freeze("2026-12-01 03:00")


@pytest.fixture
def officer_desk(december: None, desk_client: Callable[[str], Client]) -> Client:
    officer = factories.clerk(roles=[Role.PRIVACY_OFFICER], name="架空　責任者")
    return signed_in(desk_client(CHUO), officer)


@pytest.fixture
def review(december: None) -> int:
    review_log(CHUO)
    with as_tenant(CHUO):
        return LogReview.objects.get().pk


def sheet(number: int) -> LogReview:
    with as_tenant(CHUO):
        return LogReview.objects.get(pk=number)


def explain_all(client: Client, number: int) -> None:
    with as_tenant(CHUO):
        samples = list(LogSample.objects.values_list("pk", flat=True))
    client.post(f"/office/log/reviews/{number}/", {f"said-{pk}": "窓口での更新の受付" for pk in samples})


def test_the_sheet_is_made_once_with_totals_and_a_sample(review: int) -> None:
    review_log(CHUO)
    made = sheet(review)
    assert (f"{made.month:%Y-%m}", f"{made.due_on}") == ("2026-11", "2026-12-10")
    assert made.totals == {"view": 30, "search": 1}
    with as_tenant(CHUO):
        assert LogReview.objects.count() == 1
        assert LogSample.objects.count() == 20


def test_the_sample_can_be_drawn_again_from_its_seed(review: int) -> None:
    made = sheet(review)
    begin, end = day_span(made.month).start, day_span(made.due_on.replace(day=1)).start
    with as_tenant(CHUO):
        again = [entry.pk for entry in drawn(CHUO, begin, end, made.seed)]
        other = [entry.pk for entry in drawn(CHUO, begin, end, "another")]
        kept = list(LogSample.objects.values_list("entry", flat=True))
    assert sorted(again) == sorted(kept)
    assert sorted(other) != sorted(kept)


def test_a_month_without_use_has_a_sheet_too(december: None) -> None:
    review_log(SPORTS)
    with as_tenant(SPORTS):
        assert (LogReview.objects.get().totals, LogSample.objects.count()) == ({}, 0)


def test_it_is_signed_when_all_is_explained(officer_desk: Client, review: int) -> None:
    page = officer_desk.get(f"/office/log/reviews/{review}/").content.decode()
    assert "架空　見太郎" in page
    refused = officer_desk.post(f"/office/log/reviews/{review}/sign/", {"comment": ""})
    assert (refused.status_code, "説明のない閲覧が20件" in refused.content.decode()) == (409, True)
    explain_all(officer_desk, review)
    assert officer_desk.post(f"/office/log/reviews/{review}/sign/", {"comment": "異常なし"}).status_code == 302
    assert (sheet(review).signed_name, sheet(review).comment) == ("架空　責任者", "異常なし")
    again = officer_desk.post(f"/office/log/reviews/{review}/sign/", {"comment": "x"})
    assert again.status_code == 409


def test_a_short_explanation_comes_back_and_the_others_are_kept(officer_desk: Client, review: int) -> None:
    with as_tenant(CHUO):
        one, other = LogSample.objects.values_list("pk", flat=True)[:2]
    form = {f"said-{one}": "不明", f"said-{other}": "窓口での更新の受付"}
    response = officer_desk.post(f"/office/log/reviews/{review}/", form)
    assert (response.status_code, 'value="不明"' in response.content.decode()) == (422, True)
    with as_tenant(CHUO):
        explained = LogSample.objects.exclude(explained_at=None).values_list("pk", flat=True)
        assert list(explained) == [other]


def test_open_alerts_of_the_month_hinder(freeze: Freeze, officer_desk: Client, december: None) -> None:
    freeze("2026-11-30 12:00")
    clerk = factories.clerk()
    with as_tenant(CHUO):
        for _ in range(61):
            record(Actor("staff", clerk.pk), Action.SEARCH, object_type="x", persons=[uuid.uuid4()])
    watch_log(CHUO)
    freeze("2026-12-01 03:00")
    review_log(CHUO)
    with as_tenant(CHUO):
        number, found = LogReview.objects.get().pk, AuditAlert.objects.count()
    assert found == 1
    explain_all(officer_desk, number)
    response = officer_desk.post(f"/office/log/reviews/{number}/sign/", {"comment": ""})
    assert (response.status_code, "確認していない知らせが1件" in response.content.decode()) == (409, True)


def test_the_manager_explains_and_does_not_sign(review: int, manager: Client) -> None:
    explain_all(manager, review)
    assert manager.post(f"/office/log/reviews/{review}/sign/", {"comment": ""}).status_code == 403
    assert sheet(review).signed_at is None


def test_the_city_confirms_what_is_signed_and_nothing_else(review: int, city: Client, officer_desk: Client) -> None:
    assert city.post(f"/office/log/reviews/{review}/sign/", {"comment": ""}).status_code == 409
    explain_all(officer_desk, review)
    officer_desk.post(f"/office/log/reviews/{review}/sign/", {"comment": ""})
    assert "架空　責任者" in city.get(f"/office/log/reviews/{review}/").content.decode()
    assert city.post(f"/office/log/reviews/{review}/sign/", {"comment": "確認した"}).status_code == 302
    with as_city():
        assert LogReview.objects.get(pk=review).city_comment == "確認した"


@pytest.mark.parametrize(("today", "late"), [("2026-12-10 23:59", False), ("2026-12-11 00:00", True)])
def test_a_sheet_that_nobody_signs_is_late_from_the_eleventh(
    freeze: Freeze, city_client: Client, review: int, today: str, late: bool
) -> None:
    freeze(today)
    city = signed_in(city_client, factories.city_officer())
    assert ("遅れ" in city.get("/office/log/reviews/").content.decode()) is late


def test_another_facility_has_no_such_sheet(desk_client: Callable[[str], Client], review: int) -> None:
    other = signed_in(desk_client(SPORTS), factories.clerk(SPORTS, roles=[Role.PRIVACY_OFFICER]))
    assert other.get(f"/office/log/reviews/{review}/").status_code == 404
