"""An individual's visit: once a card, day and facility, and what statistics need beside it."""

from __future__ import annotations

import datetime as dt
import uuid

import psycopg
import pytest

from apps.registrants.card_errors import CardAdmitsNobodyError, UnknownVisitError, UnknownVisitPlaceError
from apps.registrants.models import Card, IssueCause, LapseCause, Visit
from apps.registrants.queries.visits import visit_figures
from apps.registrants.rules.card_code import code_of
from apps.registrants.rules.numbering import registration_series, senior_series
from apps.registrants.rules.scanning import Outcome
from apps.registrants.services.cards.issue import reissue_card
from apps.registrants.services.cards.standing import lapse_card, suspend_card
from apps.registrants.services.cards.visits import Visited, undo_visit, visit_by_scan
from kernel import clock
from shared.audit.models import AuditEntry
from tests import factories
from tests.apps.bookings.services.test_races import together
from tests.apps.registrants.services.cards.making import OFFICER, group_issued, senior_held, somebody
from tests.support.fixtures import Freeze
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def place(database: None) -> uuid.UUID:
    return factories.facility().pk


def scan(text: str, place: uuid.UUID) -> Visited:
    with as_tenant(CHUO):
        return visit_by_scan(actor=OFFICER, text=text, facility=place)


def code(card: Card, branch: int = 1) -> str:
    return code_of(str(card.number), branch)


def visits() -> list[Visit]:
    with as_tenant(CHUO):
        return list(Visit.objects.select_related("registrant"))


def test_a_scan_records_the_visit_with_what_is_counted_by(place: uuid.UUID, freeze: Freeze) -> None:
    freeze("2026-11-26 10:00")
    card = senior_held(factories.individual(birth_date=dt.date(1958, 4, 12)))
    assert scan(code(card), place).is_new
    [visit] = visits()
    assert (visit.card_id, visit.registrant_id, visit.day) == (card.pk, card.registrant_id, dt.date(2026, 11, 26))
    assert (visit.age_band, visit.residence, visit.recorded_by) == ("65", "resident", OFFICER.id)


def test_a_second_scan_on_the_day_finds_the_first(place: uuid.UUID) -> None:
    card = senior_held()
    first, second = scan(code(card), place), scan(code(card), place)
    assert (first.is_new, second.is_new) == (True, False)
    assert len(visits()) == 1


def test_another_facility_of_the_tenant_counts_its_own(place: uuid.UUID) -> None:
    card, other = senior_held(), factories.facility().pk
    assert scan(code(card), place).is_new
    assert scan(code(card), other).is_new


def test_another_facilitys_card_counts_and_nothing_else_is_known(place: uuid.UUID) -> None:
    number = senior_series("B").make(77)
    assert scan(f"{number}-3", place).scan.outcome is Outcome.FOREIGN_SENIOR
    assert not scan(number, place).is_new
    [visit] = visits()
    assert (visit.foreign_number, visit.registrant, visit.card_id, visit.age_band) == (number, None, None, "")


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("あ", Outcome.UNREADABLE),
        ("RA-000123-9", Outcome.MISTYPED),
        (senior_series("A").make(999_999), Outcome.UNKNOWN),
        (senior_series("ZZ").make(1), Outcome.UNKNOWN),
        (registration_series("B").make(1), Outcome.FOREIGN),
    ],
)
def test_what_is_no_card_of_here_records_nothing(place: uuid.UUID, text: str, outcome: Outcome) -> None:
    assert scan(text, place).scan.outcome is outcome
    assert visits() == []


def test_a_void_print_a_stopped_and_an_ended_card_record_nothing(place: uuid.UUID) -> None:
    card = senior_held()
    with as_tenant(CHUO):
        reissue_card(actor=OFFICER, card=card.pk, cause=IssueCause.LOST, reason="紛失", is_returned=False)
    old = scan(code(card, 1), place).scan
    assert (old.outcome, old.replaced_on) == (Outcome.OLD_PRINT, clock.today())
    with as_tenant(CHUO):
        suspend_card(actor=OFFICER, card=card.pk, reason="照会中")
    assert scan(code(card, 2), place).scan.outcome is Outcome.SUSPENDED
    with as_tenant(CHUO):
        lapse_card(actor=OFFICER, card=card.pk, cause=LapseCause.MOVED)
    assert scan(code(card, 2), place).scan.outcome is Outcome.LAPSED
    assert visits() == []


def test_a_groups_card_is_not_counted_so(place: uuid.UUID) -> None:
    with pytest.raises(CardAdmitsNobodyError):
        scan(code(group_issued()), place)


def test_a_facility_of_another_tenant_takes_no_visit(place: uuid.UUID) -> None:
    elsewhere = factories.facility("bunka").pk
    with pytest.raises(UnknownVisitPlaceError):
        scan(code(senior_held()), elsewhere)


def test_a_visit_of_today_is_taken_back_and_no_other(place: uuid.UUID) -> None:
    scan(code(senior_held()), place)
    [visit] = visits()
    with as_tenant(CHUO):
        undo_visit(actor=OFFICER, visit=visit.pk)
        with pytest.raises(UnknownVisitError):
            undo_visit(actor=OFFICER, visit=visit.pk)
        old = Visit.objects.create(day=dt.date(2026, 1, 1), at=clock.now(), facility=place)
        with pytest.raises(UnknownVisitError):
            undo_visit(actor=OFFICER, visit=old.pk)


def test_the_audit_holds_no_number(place: uuid.UUID) -> None:
    card = senior_held()
    scan(code(card), place)
    with as_tenant(CHUO):
        [entry] = AuditEntry.objects.filter(object_type="visit")
    assert entry.detail == {"by": "valid"}


def test_a_month_is_counted_in_one_statement_by_day_age_and_residence(place: uuid.UUID) -> None:
    with as_tenant(CHUO):
        for day, band, residence in ((1, "60", "resident"), (1, "85", "resident"), (2, "", ""), (30, "60", "outside")):
            Visit.objects.create(
                day=dt.date(2026, 11, day), at=clock.now(), facility=place, age_band=band, residence=residence
            )
        Visit.objects.create(day=dt.date(2026, 12, 1), at=clock.now(), facility=place)
        with count_statements() as statements:
            figures = visit_figures(dt.date(2026, 11, 1), dt.date(2026, 12, 1), place)
    assert statements.count == 1
    assert figures.total == 4
    assert figures.days == {dt.date(2026, 11, 1): 2, dt.date(2026, 11, 2): 1, dt.date(2026, 11, 30): 1}
    assert (figures.bands, figures.residences) == (
        {"60": 2, "85": 1, "": 1},
        {"resident": 2, "outside": 1, "": 1},
    )


@pytest.mark.race
@pytest.mark.parametrize("foreign", [True, False])
def test_eight_scans_at_once_record_one_visit(place: uuid.UUID, *, foreign: bool) -> None:
    text = senior_series("B").make(5) if foreign else code(senior_held(somebody()))
    new = together(8, lambda _number: scan(text, place).is_new)
    assert sorted(new) == [False] * 7 + [True]
    assert len(visits()) == 1


def test_postgresql_refuses_a_second_visit_of_a_card_or_a_foreign_number(
    place: uuid.UUID, superuser: psycopg.Connection
) -> None:
    scan(code(senior_held()), place)
    scan(senior_series("B").make(5), place)
    for constraint, condition in (
        ("one_visit_a_card_and_day", "card_id IS NOT NULL"),
        ("one_visit_a_foreign_card_and_day", "card_id IS NULL"),
    ):
        with pytest.raises(psycopg.errors.UniqueViolation, match=constraint):
            superuser.execute(
                "INSERT INTO chuo.registrants_visit (day, at, facility, card_id, foreign_number, age_band, residence)"
                " SELECT day, at, facility, card_id, foreign_number, age_band, residence FROM chuo.registrants_visit"
                f" WHERE {condition}"
            )
