"""The registers at the desk and at the city: rows are added, corrected by new rows, printed, and never changed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from apps.compliance.models.registers import CopyRecord, DisposalRecord, MediumRecord, RegisterRow, SubcontractRecord
from shared.audit.models import Action
from shared.staff.models import Role
from tests import factories
from tests.apps.bookings.web.staff.asking import audited, text_of
from tests.shared.documents.pdf import words
from tests.support.clients import client_at, signed_in
from tests.support.fixtures import Freeze
from tests.support.scopes import as_city, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO

COPY = {
    "copied_on": "2026-04-28",
    "what": "利用者登録申請書の綴り",
    "why": "市の監査に提出するため",
    "copies": "2",
    "consent_number": "印高福第1234567号",
    "fate": "kept",
    "fate_on": "",
}
MEDIUM = {
    "what": "登録証の交付台帳",
    "medium": "paper",
    "copies": "1",
    "place": "事務室の耐火書庫",
    "is_locked": "on",
    "key_keeper": "見本　一郎",
    "checked_on": "2026-04-30",
}
SUBCONTRACT = {
    "contractor": "架空清掃株式会社",
    "work": "古い書類の裁断",
    "handles_data": "on",
    "first": "2026-04-01",
    "last": "2027-03-31",
    "consent_number": "印高福第13号",
    "consented_on": "2026-03-20",
}
DISPOSAL = {
    "ending": "destroyed",
    "what": "更新案内の宛名の一覧",
    "medium": "usb",
    "quantity": "1本",
    "method": "データ消去ソフトで消去",
    "done_on": "2026-05-01",
    "witness": "見本　二郎",
    "control_number": "MD2026-0001",
}
ROWS: dict[str, tuple[type[RegisterRow], dict[str, str]]] = {
    "copies": (CopyRecord, COPY),
    "media": (MediumRecord, MEDIUM),
    "subcontracts": (SubcontractRecord, SUBCONTRACT),
    "disposals": (DisposalRecord, DISPOSAL),
}


ANOTHERS = """
INSERT INTO shared.compliance_copyrecord (id, tenant, serial, recorded_at, recorded_by, recorded_name,
    correction_reason, copied_on, what, why, copies, consent_number, fate, corrects_id)
SELECT gen_random_uuid(), 'bunka', 1, now(), gen_random_uuid(), 'x', 'x', now(), 'x', 'x', 1, 'x', 'kept', '{row}'
"""
"""A row that would correct another facility's."""


@pytest.fixture(autouse=True)
def _on_a_spring_day(freeze: Freeze) -> None:
    freeze("2026-05-01 10:00")


def add(client: Client, code: str = "copies", **said: str) -> Any:
    return client.post(f"/office/registers/{code}/new/", ROWS[code][1] | said)


def rows(model: type[RegisterRow] = CopyRecord) -> list[Any]:
    with as_city():
        return list(model._default_manager.order_by("serial"))


@pytest.mark.parametrize("code", ROWS)
def test_a_row_is_added_listed_and_printed(manager: Client, city: Client, code: str) -> None:
    assert add(manager, code).status_code == 302
    what = ROWS[code][1].get("what") or ROWS[code][1]["contractor"]
    for client, address in ((manager, f"/office/registers/{code}/"), (city, f"/registers/{code}/?tenant={CHUO}")):
        assert what in text_of(client.get(address))
    for client, address in (
        (manager, f"/office/registers/{code}/print/?year=2026"),
        (city, f"/registers/{code}/print/?tenant={CHUO}"),
    ):
        answer = client.get(address)
        assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "no-store")
        assert what in words(answer.content)
    assert [one.detail["count"] for one in audited(Action.PRINT, "register")] == [1]


def test_a_correction_is_a_new_row_that_stands_for_the_former(manager: Client) -> None:
    add(manager)
    [first] = rows()
    answer = manager.post(
        f"/office/registers/copies/{first.pk}/correct/", COPY | {"copies": "3", "correction_reason": "部数の数え違い"}
    )
    assert answer.status_code == 302
    assert [(one.serial, one.copies, one.corrects_id) for one in rows()] == [(1, 2, None), (2, 3, first.pk)]
    shown = text_of(manager.get("/office/registers/copies/"))
    assert "第1号の訂正：部数の数え違い" in shown
    assert "訂正済み" not in shown
    assert "訂正済み" in text_of(manager.get("/office/registers/copies/?all_rows=on"))
    again = manager.post(
        f"/office/registers/copies/{first.pk}/correct/", COPY | {"correction_reason": "もう一度の訂正"}
    )
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("code", "wrong", "told"),
    [
        ("copies", {"consent_number": ""}, "市の承諾番号を入力してください。"),
        ("copies", {"copies": "0"}, "1以上の数で入力してください。"),
        ("copies", {"copied_on": "2026-05-02"}, "台帳には、したことを書きます。"),
        ("copies", {"fate": "destroyed"}, "返還・廃棄したときは、複写した日以後の日を入力します。"),
        ("copies", {"fate": "returned", "fate_on": "2026-04-01"}, "返還・廃棄したときは、複写した日以後の日"),
        ("copies", {"what": "0476000123の方の申請書"}, "電話番号や登録番号は書かないでください。"),
        ("media", {"key_keeper": ""}, "施錠できるときは、鍵の管理者を入力してください。"),
        ("media", {"medium": "stone"}, ""),
        ("subcontracts", {"last": "2026-03-31"}, "期間の終わりは、期間の始め以後の日にしてください。"),
        ("disposals", {"witness": ""}, "立会人を入力してください。"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_recorded(
    manager: Client, code: str, wrong: dict[str, str], told: str
) -> None:
    answer = add(manager, code, **wrong)
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert rows(ROWS[code][0]) == []


def test_a_certificate_is_printed_with_its_items_and_its_mark(manager: Client) -> None:
    add(manager, "disposals")
    [row] = rows(DisposalRecord)
    text = words(manager.get(f"/office/registers/disposals/{row.pk}/certificate/").content)
    for part in ("個人情報廃棄証明書", "第1号", "更新案内の宛名の一覧", "見本二郎", "MD2026-0001", "2026-05-0110:00"):
        assert part in text


@pytest.mark.parametrize("page", ["", "copies/", "copies/new/", "copies/print/"])
def test_the_counter_does_not_keep_registers(receptionist: Client, page: str) -> None:
    assert receptionist.get(f"/office/registers/{page}").status_code == 403


def test_there_is_no_other_register(manager: Client, city: Client) -> None:
    assert manager.get("/office/registers/secrets/").status_code == 404
    assert city.get("/registers/secrets/").status_code == 404
    assert city.get("/registers/copies/print/").status_code == 404


def test_another_facility_neither_sees_nor_corrects_a_row(manager: Client) -> None:
    add(manager)
    [row] = rows()
    other = signed_in(client_at(f"{BUNKA}.localhost"), factories.clerk(BUNKA, roles=[Role.FACILITY_MANAGER]))
    assert COPY["what"] not in text_of(other.get("/office/registers/copies/"))
    assert other.get(f"/office/registers/copies/{row.pk}/correct/").status_code == 404


@pytest.mark.parametrize(
    ("who", "statement"),
    [
        (CHUO, "UPDATE shared.compliance_copyrecord SET copies = 1"),
        (CHUO, "DELETE FROM shared.compliance_copyrecord"),
        ("city", "UPDATE shared.compliance_copyrecord SET copies = 1"),
        ("city", "DELETE FROM shared.compliance_copyrecord"),
        ("city", "INSERT INTO shared.compliance_copyrecord SELECT * FROM shared.compliance_copyrecord"),
        (BUNKA, ANOTHERS),
    ],
)
def test_the_database_adds_rows_and_nothing_else(manager: Client, who: str, statement: str) -> None:
    add(manager)
    [row] = rows()
    scope = as_city() if who == "city" else as_tenant(who)
    with scope, pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(statement.format(row=row.pk))


def test_the_lists_take_as_many_statements_for_three_as_for_one(manager: Client, city: Client) -> None:
    add(manager)
    counts = []
    for _ in range(2):
        for client, address in ((manager, "/office/registers/copies/"), (city, "/registers/copies/")):
            with count_statements() as statements:
                assert client.get(address).status_code == 200
            counts.append(statements.count)
        add(manager)
        add(manager)
    assert counts[:2] == counts[2:]
