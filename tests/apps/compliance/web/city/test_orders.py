"""改善指示書: kept as it was issued; no later change of findings or texts changes what is printed again."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import psycopg
import pytest
from django.conf import settings
from django.test import Client

import apps.compliance.documents
from apps.compliance.documents.monitoring import ORDER_LAYOUT, order_pdf
from apps.compliance.models.monitoring_findings import MonitoringOrder
from apps.compliance.services.monitoring import orders
from apps.compliance.services.monitoring.findings import issue_finding
from apps.compliance.services.monitoring.orders import print_order_again
from kernel import clock
from shared.audit.models import Action, AuditEntry
from tests import factories
from tests.apps.bookings.web.staff.asking import text_of
from tests.apps.compliance import monitoring as months
from tests.support.clients import client_at, signed_in
from tests.support.fixtures import Freeze
from tests.support.raw import raw
from tests.support.scopes import as_city
from tests.support.tenants import CHUO

MONTH: Final = "/monitoring/chuo/months/2026-03/"
LAYOUTS: Final = {1: "f1b9a317706091cca03c0c9761df70717b67626f2f24da189f03c9d98d61d720"}
"""SHA-256 of each fixed text: one that was ever used is never changed."""


@pytest.fixture(autouse=True)
def _in_april(freeze: Freeze) -> None:
    freeze("2026-04-10 10:00")


def kept() -> list[MonitoringOrder]:
    with as_city():
        return list(MonitoringOrder.objects.all())


def test_an_order_is_kept_with_the_print_in_one_transaction(city: Client) -> None:
    months.with_finding(keys_kept="partly")
    answer = city.post(f"{MONTH}order/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    [order] = kept()
    assert (order.number, order.layout, str(order.issued_on)) == (1, ORDER_LAYOUT, "2026-04-10")
    assert order.paper["findings"][0]["text"] == "鍵を管理すること"
    with as_city():
        told = AuditEntry.objects.get(action=Action.PRINT)
    assert (told.detail["act"], told.detail["order"]) == ("order", 1)
    assert "発行した改善指示書" in text_of(city.get(MONTH))


def test_what_cannot_be_printed_is_not_issued(city: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    months.with_finding(keys_kept="partly")
    monkeypatch.setattr(orders, "ORDER_LAYOUT", 99)
    city.raise_request_exception = False
    assert city.post(f"{MONTH}order/").status_code == 500
    assert kept() == []
    with as_city():
        assert not AuditEntry.objects.filter(action=Action.PRINT).exists()


def test_a_reprint_is_marked_and_says_what_was_issued_whatever_came_later(
    city: Client, freeze: Freeze, superuser: psycopg.Connection
) -> None:
    months.with_finding(keys_kept="partly")
    city.post(f"{MONTH}order/")
    [before] = kept()
    superuser.execute("UPDATE shared.compliance_monitoringfinding SET text = '別の文', deadline = '2027-01-01'")
    superuser.execute("UPDATE shared.tenants_tenant SET name = '別の施設' WHERE schema_name = %s", [CHUO])
    freeze("2026-05-11 10:00")
    for count in (1, 2):
        mark = f"再交付（第{count}回）　令和8年5月11日"
        marked = order_pdf(before.paper, layout=before.layout, issued_on=before.issued_on, again=mark)
        with as_city():
            again = print_order_again(actor=months.CITY, tenant=CHUO, month=months.MARCH, number=1)
        assert again == marked
    assert [one.paper for one in kept()] == [before.paper]
    client = signed_in(client_at(settings.CITY_HOST), factories.city_officer())
    assert client.post(f"{MONTH}order/1/").content.startswith(b"%PDF")


def test_the_same_findings_are_ordered_once_and_a_further_one_makes_a_further_order(city: Client) -> None:
    months.with_finding(keys_kept="partly")
    city.post(f"{MONTH}order/")
    city.post(f"{MONTH}order/")
    assert [one.number for one in kept()] == [1]
    with as_city():
        issue_finding(actor=months.CITY, tenant=CHUO, month=months.MARCH, text="消火器", deadline=clock.today())
    city.post(f"{MONTH}order/")
    assert [len(one.paper["findings"]) for one in kept()] == [1, 2]
    page = text_of(city.get(MONTH))
    assert "改善指示書を再交付" in page
    assert "第2回の改善指示書を再交付する" in page


def test_an_order_that_was_never_issued_is_not_printed_again(city: Client) -> None:
    months.with_finding(keys_kept="partly")
    assert city.post(f"{MONTH}order/1/").status_code == 404


def test_a_fixed_text_that_was_used_is_never_changed() -> None:
    folder = Path(apps.compliance.documents.__file__).parent
    found = {number: hashlib.sha256((folder / f"monitoring_order_{number}.typ").read_bytes()) for number in LAYOUTS}
    assert {number: one.hexdigest() for number, one in found.items()} == LAYOUTS
    assert max(LAYOUTS) == ORDER_LAYOUT


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE shared.compliance_monitoringorder SET paper = '{}'",
        "UPDATE shared.compliance_monitoringorder SET layout = 2",
        "DELETE FROM shared.compliance_monitoringorder",
        "TRUNCATE shared.compliance_monitoringorder",
    ],
)
def test_postgresql_refuses_the_city_every_change_of_an_order(city: Client, change: str) -> None:
    months.with_finding(keys_kept="partly")
    city.post(f"{MONTH}order/")
    for role in ("kashikan_city", f"tenant_{CHUO}", "kashikan_portal"):
        with raw(role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(change)


def test_postgresql_refuses_an_order_of_another_facility(city: Client) -> None:
    finding = months.with_finding(keys_kept="partly")
    with raw("kashikan_city") as connection, pytest.raises(psycopg.errors.CheckViolation):
        connection.execute(
            "INSERT INTO shared.compliance_monitoringorder"
            " (month_id, tenant, number, issued_on, issued_at, layout, paper)"
            " VALUES (%s, 'sports', 1, now(), now(), 1, '{}')",
            [finding.month_id],
        )
