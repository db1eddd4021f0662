"""Two officers write the next version of one text at once: one version is made, and the second officer is told."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from apps.compliance.models.agreements import AgreementVersion
from apps.compliance.models.clauses import ClauseText
from shared.audit.models import Action, AuditEntry
from tenants.models import OperatorAssignment
from tests import factories
from tests.apps.compliance.web.city.asking import text_of
from tests.support.clients import client_at, signed_in
from tests.support.fixtures import Freeze
from tests.support.raw import raw_superuser
from tests.support.scopes import as_city
from tests.support.tenants import CHUO
from tests.support.waiting import Gate

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("database")]
CLAUSE = {
    "title": "誓約書",
    "in_force_from": "2026-06-01",
    "why": "簡潔にするため",
    "version": "1",
}
AGREEMENT = {
    "agreement_number": "架福第2号",
    "personal_version": "1",
    "security_version": "1",
    "privacy_officer": "副センター長",
    "security_officer": "管理係長",
    "in_force_from": "2026-06-01",
    "why": "人事異動",
    "version": "0",
}
WAITING = """SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock' AND usename = 'kashikan_web'"""


@pytest.fixture(autouse=True)
def _in_may(freeze: Freeze) -> None:
    freeze("2026-05-01 10:00")


def at_once(table: str, post: Callable[[Client, int], Any]) -> list[Any]:
    """Both have read the version before either writes: the table takes no row until both wait for it."""
    clients = [signed_in(client_at(settings.CITY_HOST), factories.city_officer()) for _ in range(2)]
    for client in clients:
        client.raise_request_exception = False
    arrived = Gate(3)

    def run(number: int) -> Any:
        arrived.wait()
        try:
            return post(clients[number], number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads, raw_superuser() as watcher:
        with raw_superuser() as holder, holder.transaction():
            holder.execute(f"LOCK TABLE shared.{table} IN SHARE ROW EXCLUSIVE MODE")
            running = [threads.submit(run, number) for number in range(2)]
            arrived.wait()
            while watcher.execute(WAITING).fetchone() != (2,) and not all(one.done() for one in running):
                pass
        return [one.result() for one in running]


def told_of(answers: list[Any]) -> str:
    """What the second reads; the first was led on."""
    assert sorted(one.status_code for one in answers) == [302, 409]
    return text_of(next(one for one in answers if one.status_code == 409))


def test_two_write_the_next_version_of_one_clause() -> None:
    def post(client: Client, number: int) -> Any:
        return client.post("/office/clauses/pledge/new/", CLAUSE | {"body": f"誓約します。{number}"})

    page = told_of(at_once("compliance_clausetext", post))
    assert "誓約します。" in page
    with as_city():
        assert list(ClauseText.objects.filter(code="pledge").values_list("version", flat=True).order_by("version")) == [
            1, 2,
        ]  # fmt: skip
        assert AuditEntry.objects.filter(object_type="clause", action=Action.CHANGE).count() == 1


def test_two_write_the_next_version_of_one_agreement() -> None:
    with as_city():
        term = OperatorAssignment.objects.filter(tenant__schema_name=CHUO).latest("during").pk

    def post(client: Client, number: int) -> Any:
        return client.post(f"/designations/{term}/change/", AGREEMENT | {"privacy_officer": f"副センター長{number}"})

    page = told_of(at_once("compliance_agreementversion", post))
    assert "架福第2号" in page
    with as_city():
        assert AgreementVersion.objects.filter(assignment=term).count() == 1
        assert AuditEntry.objects.filter(object_type="assignment", action=Action.CHANGE).count() == 1
