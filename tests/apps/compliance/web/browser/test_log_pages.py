"""The audit's pages under axe, on a phone and a PC."""

from __future__ import annotations

import uuid

import pytest
from django.conf import settings
from django.test import Client

from apps.compliance.models.logs import AuditAlert, LogReview
from apps.compliance.tasks import review_log, watch_log
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.staff.models import Role
from tests import factories
from tests.support.accessibility import faults
from tests.support.browsing import OpenPage
from tests.support.clients import client_at, signed_in
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.browser
DESK = "chuo.localhost"
PAGES = (
    "log/", "log/person/", "log/person/{person}/", "log/alerts/", "log/alerts/{alert}/", "log/reviews/",
    "log/reviews/{review}/",
)  # fmt: skip


@pytest.fixture
def numbers(database: None) -> dict[str, object]:
    """Views, an alert and a review."""
    clerk, person = factories.clerk(name="架空　見太郎"), factories.individual()
    with as_tenant(CHUO):
        for _ in range(31):
            record(Actor("staff", clerk.pk), Action.VIEW, object_type="registrant", object_id=uuid.uuid4())
        record(Actor("staff", clerk.pk), Action.VIEW, object_type="inbox", persons=[person.pk], found=1)
    watch_log(CHUO)
    review_log(CHUO)
    with as_tenant(CHUO):
        alert, review = AuditAlert.objects.first(), LogReview.objects.first()
        assert alert is not None
        assert review is not None
    return {"person": person.pk, "alert": alert.pk, "review": review.pk, "today": clock.today()}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("site", ["desk", "city"])
def test_a_page_is_free_of_faults(visit: OpenPage, numbers: dict[str, object], site: str, page: str) -> None:
    if site == "desk":
        host, who = DESK, factories.clerk(roles=[Role.PRIVACY_OFFICER])
    else:
        host, who = settings.CITY_HOST, factories.city_officer(roles=[Role.AUDITOR])
    client: Client = signed_in(client_at(host), who)
    shown = visit(host, f"/office/{page.format(**numbers)}", client=client)
    assert faults(shown) == {}


def test_the_seals_are_free_of_faults(visit: OpenPage, numbers: dict[str, object]) -> None:
    client = signed_in(client_at(settings.CITY_HOST), factories.city_officer(roles=[Role.AUDITOR]))
    assert faults(visit(settings.CITY_HOST, "/office/log/seals/", client=client)) == {}
