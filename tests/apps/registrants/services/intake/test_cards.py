"""Cards from another system, and the 登録証 among them in the index of all facilities."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import psycopg
import pytest

from apps.registrants.models import Card, CardAct, CardIssue
from shared.audit.models import Action, AuditEntry
from shared.intake.models import Job
from shared.intake.services import passage
from shared.intake.services.work_off import take_in
from tests.shared.intake.files import CLERK, CLUB, HANAKO, TARO, checked, csv_of, rejected, taken_in
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO, SPORTS

pytestmark = pytest.mark.usefixtures("database")
HEADER = "カード番号,利用者番号,カード種別,状態,枝番,交付日,有効期限,失効日,失効事由,資格区分"
SENIOR = "K-0001,1001,登録証,有効,2,H25.5.1,,,,60歳以上"
GROUP = "D-0001,2001,利用者カード,有効,1,R1.6.1,R99.3.31,,,"
VOID = "K-0002,1002,登録証,失効,1,H25.5.1,,R2.4.1,転出,60歳以上"


def taken(*lines: str, schema: str = CHUO) -> Job:
    return taken_in(csv_of(*lines, header=HEADER), kind="cards", name="カード.csv", schema=schema)


def cards(schema: str = CHUO) -> list[Card]:
    with as_tenant(schema):
        return list(Card.objects.order_by("number"))


@pytest.fixture(autouse=True)
def people(database: None) -> None:
    taken_in(csv_of(TARO, HANAKO, CLUB))


def in_index(superuser: psycopg.Connection) -> list[tuple[str, str]]:
    return superuser.execute("SELECT DISTINCT tenant, status FROM shared.senior_card_index ORDER BY 1, 2").fetchall()


def test_cards_keep_their_numbers_branches_and_days() -> None:
    job = taken(SENIOR, GROUP, VOID)
    group, senior, void = cards()
    assert (job.counts["new"], job.counts["refused"], job.warnings) == (3, 0, [])
    assert (senior.number, senior.state, senior.branch, senior.issued_on) == (
        "K-0001",
        "active",
        2,
        dt.date(2013, 5, 1),
    )
    assert (group.kind, group.state) == ("group", "active")
    assert (void.state, void.lapse_cause, void.lapsed_on) == ("lapsed", "moved", dt.date(2020, 4, 1))


def test_each_has_its_line_in_the_register_of_issues_and_an_act() -> None:
    taken(SENIOR, GROUP, VOID)
    with as_tenant(CHUO):
        issues = list(CardIssue.objects.order_by("card__number").values_list("branch", "cause", "voided_on"))
        assert CardAct.objects.filter(act="import").count() == 3
    assert issues == [(1, "import", None), (2, "import", None), (1, "import", dt.date(2020, 4, 1))]


def test_a_senior_card_in_force_stands_in_the_index(superuser: psycopg.Connection) -> None:
    taken(SENIOR)
    assert in_index(superuser) == [(CHUO, "active")]


def test_one_whose_holder_has_a_card_elsewhere_waits_for_the_check_and_keeps_its_number(
    superuser: psycopg.Connection,
) -> None:
    taken(SENIOR)
    taken_in(csv_of(TARO, HANAKO), schema=SPORTS)
    job = taken(SENIOR, "K-0009,1002,登録証,有効,1,H25.5.1,,,,60歳以上", schema=SPORTS)
    waiting, entered = cards(SPORTS)
    assert (waiting.number, waiting.state, entered.state) == ("K-0001", "applied", "active")
    assert [one["code"] for one in job.warnings] == ["row_senior_waits"]
    assert in_index(superuser) == [(CHUO, "active"), (SPORTS, "active")]


def asked_of_the_index(schema: str = CHUO) -> list[tuple[str, UUID | None, str, dict[str, int]]]:
    with as_tenant(schema):
        lines = AuditEntry.objects.filter(action=Action.DUPLICATE_CHECK, object_type="intake").order_by("id")
        return [(one.object_id, one.actor_id, one.purpose, one.detail) for one in lines]


def test_each_run_that_asked_the_index_leaves_one_line_with_its_purpose_and_how_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(passage, "BATCH", 1)
    purpose = "移行した登録証の重複の確認"
    first = taken(SENIOR, GROUP, VOID)
    taken_in(csv_of(TARO, HANAKO), schema=SPORTS)
    second = taken(SENIOR, "K-0009,1002,登録証,有効,1,H25.5.1,,,,60歳以上", schema=SPORTS)
    assert asked_of_the_index() == [(str(first.pk), CLERK.id, purpose, {"asked": 1, "waiting": 0})]
    assert asked_of_the_index(SPORTS) == [(str(second.pk), CLERK.id, purpose, {"asked": 2, "waiting": 1})]


def test_a_check_and_a_run_without_senior_cards_ask_nothing_and_say_nothing() -> None:
    checked(csv_of(SENIOR, header=HEADER), kind="cards")
    taken(GROUP, VOID)
    assert asked_of_the_index() == []


def test_a_card_that_is_taken_in_from_the_list_leaves_its_line_too() -> None:
    job = taken(SENIOR.replace("H25.5.1", ""))
    [row] = rejected(job)
    assert asked_of_the_index() == []
    with as_tenant(CHUO):
        assert take_in(actor=CLERK, row=row.pk, values=row.values | {"issued_on": "H25.5.1"}) == []
    assert [(whose, detail["asked"]) for whose, _, _, detail in asked_of_the_index()] == [(str(job.pk), 1)]


def test_the_same_file_again_changes_nothing() -> None:
    taken(SENIOR, GROUP, VOID)
    job = taken(SENIOR, GROUP, VOID)
    assert (job.counts["new"], job.counts["unchanged"]) == (0, 3)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (SENIOR.replace("1001", "9999"), "row_no_registrant"),
        (SENIOR.replace("1001", "2001"), "row_other_holder"),
        (SENIOR.replace("H25.5.1", ""), "row_missing"),
        (SENIOR.replace("登録証", "何か"), "row_choice"),
        (SENIOR.replace("K-0001", ""), "row_missing"),
    ],
)
def test_a_row_that_cannot_be_read_is_kept_with_its_reason(line: str, code: str) -> None:
    [bad] = rejected(taken(line))
    assert [problem["code"] for problem in bad.problems] == [code]
    assert cards() == []


def test_a_second_card_of_one_holder_is_kept_with_its_reason() -> None:
    [bad] = rejected(taken(SENIOR, SENIOR.replace("K-0001", "K-0005")))
    assert (bad.line, bad.problems[0]["code"]) == (3, "row_has_card")
