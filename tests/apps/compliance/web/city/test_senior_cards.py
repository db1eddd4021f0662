"""The city sees counts and inquiries of 登録証, approves namesakes, and transfers a card to another facility."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from django.test import Client

from apps.registrants.index_errors import CardExistsError
from apps.registrants.models import Card, CardAct, CardIssue, CardState
from apps.registrants.services.cards.issue import issue_senior_card
from apps.registrants.services.checking import answer_of, ask_index
from apps.registrants.services.inquiring import answer_inquiry, open_inquiry
from shared.actor import Actor
from shared.audit.models import AuditEntry
from shared.staff.models import Role
from tests import factories
from tests.apps.compliance.web.city.asking import audited, text_of
from tests.support.clients import client_at, signed_in
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO, SPORTS, TENANTS

pytestmark = pytest.mark.usefixtures("database")
NOTE = "住民票により確かめたため"


@pytest.fixture
def deciding(database: None) -> Client:
    """所管課's browser."""
    return signed_in(client_at(settings.CITY_HOST), factories.department(*TENANTS))


def inquired(draft: Card, schema: str) -> UUID:
    """``draft`` is checked, and a 照会票 about the first hit is sent."""
    actor = Actor(kind="staff", id=factories.card_officer(schema).pk)
    with as_tenant(schema):
        ticket = ask_index(actor=actor, card=draft.pk, purpose="new", identity_checked=True)
        return open_inquiry(actor=actor, hit=answer_of(card=draft.pk, ticket=ticket)[0].hit)


def answered(inquiry: UUID, answer: str, schema: str = CHUO) -> UUID:
    actor = Actor(kind="staff", id=factories.card_officer(schema).pk)
    with as_tenant(schema):
        answer_inquiry(actor=actor, inquiry=inquiry, answer=answer, note="電話で確かめた")
    return inquiry


def decided(client: Client, inquiry: UUID, decision: str, note: str = NOTE) -> Any:
    return client.post(f"/senior-cards/inquiries/{inquiry}/", {"decision": decision, "note": note})


def test_a_true_namesake_gets_a_card_after_the_citys_approval(deciding: Client) -> None:
    factories.senior_card(CHUO)
    draft = factories.senior_card_draft(SPORTS)
    inquiry = answered(inquired(draft, SPORTS), "other")
    with pytest.raises(CardExistsError):
        factories.issue(draft, SPORTS)
    assert decided(deciding, inquiry, "namesake").status_code == 302
    factories.issue(draft, SPORTS)
    assert (draft.state, draft.namesake_seq) == (CardState.ACTIVE, 1)


def test_a_third_namesake_needs_an_approval_against_each(deciding: Client) -> None:
    factories.senior_card(CHUO)
    second = factories.senior_card_draft(SPORTS)
    decided(deciding, answered(inquired(second, SPORTS), "other"), "namesake")
    factories.issue(second, SPORTS)
    third = factories.senior_card_draft(BUNKA)
    for _ in range(2):
        inquiry = inquired(third, BUNKA)
        with pytest.raises(CardExistsError):
            factories.issue(third, BUNKA)
        asked = CHUO if third_asks(inquiry) == "架空総合福祉センター" else SPORTS
        decided(deciding, answered(inquiry, "other", asked), "namesake")
    factories.issue(third, BUNKA)
    assert third.namesake_seq >= 1


def third_asks(inquiry: UUID) -> str:
    from apps.registrants.queries.inquiries import letter_of

    with as_tenant(BUNKA):
        return letter_of(inquiry, is_received=False).facility


def test_a_transfer_voids_the_old_card_and_lets_the_new_be_issued(
    deciding: Client, superuser: psycopg.Connection
) -> None:
    old = factories.senior_card(CHUO)
    draft = factories.senior_card_draft(SPORTS)
    inquiry = answered(inquired(draft, SPORTS), "same")
    assert decided(deciding, inquiry, "transfer").status_code == 302
    desk = signed_in(client_at(f"{CHUO}.localhost"), factories.card_officer(CHUO))
    assert "カードを預かったときは、返還を受け付けてください。" in text_of(desk.get(f"/inquiries/received/{inquiry}/"))
    with as_tenant(CHUO):
        old.refresh_from_db()
        told = list(CardAct.objects.filter(card=old).values_list("act", "actor_kind", "effective_on"))
    assert (old.state, old.lapse_cause) == ("lapsed", "transferred")
    assert told == [("lapse", "city", old.lapsed_on)]
    with as_tenant(SPORTS):
        issue_senior_card(actor=Actor(kind="staff", id=UUID(int=7)), card=draft.pk)
        assert CardIssue.objects.get(card=draft).cause == "transfer"
    states = superuser.execute("SELECT tenant, status FROM shared.senior_card_index ORDER BY 1").fetchall()
    assert states == [("chuo", "lapsed"), ("sports", "active")]
    with as_tenant(CHUO):
        assert AuditEntry.objects.filter(actor_kind="city", object_type="senior_inquiry").count() == 1


@pytest.mark.parametrize(
    ("answer", "decision", "status"),
    [("same", "namesake", 422), ("other", "transfer", 422), ("other", "", 422), ("other", "perhaps", 422)],
)
def test_a_decision_that_the_answer_does_not_allow_is_refused(
    deciding: Client, answer: str, decision: str, status: int
) -> None:
    factories.senior_card(CHUO)
    inquiry = answered(inquired(factories.senior_card_draft(SPORTS), SPORTS), answer)
    assert decided(deciding, inquiry, decision).status_code == status


@pytest.mark.parametrize("note", ["", "短い", "電話0476000001で確認"])
def test_a_decision_needs_a_reason_without_numbers(deciding: Client, note: str) -> None:
    factories.senior_card(CHUO)
    inquiry = answered(inquired(factories.senior_card_draft(SPORTS), SPORTS), "other")
    answer = decided(deciding, inquiry, "namesake", note)
    assert answer.status_code == 422
    assert "note" in answer.context["form"].errors


def test_before_the_answer_nothing_is_decided(deciding: Client) -> None:
    factories.senior_card(CHUO)
    inquiry = inquired(factories.senior_card_draft(SPORTS), SPORTS)
    assert decided(deciding, inquiry, "namesake").status_code == 422
    assert "市が決定することはありません" in text_of(deciding.get(f"/senior-cards/inquiries/{inquiry}/"))


def test_a_second_decision_is_refused(deciding: Client) -> None:
    factories.senior_card(CHUO)
    inquiry = answered(inquired(factories.senior_card_draft(SPORTS), SPORTS), "other")
    decided(deciding, inquiry, "declined")
    assert decided(deciding, inquiry, "namesake").status_code == 409


def test_an_officer_without_the_role_decides_nothing(city_client: Client) -> None:
    client = signed_in(city_client, factories.city_officer(roles=[Role.SYSTEMS]))
    factories.senior_card(CHUO)
    inquiry = answered(inquired(factories.senior_card_draft(SPORTS), SPORTS), "other")
    assert decided(client, inquiry, "namesake").status_code == 403
    assert audited("page")[-1].action == "denied"


def test_the_overview_counts_cards_questions_and_refusals(city: Client) -> None:
    factories.senior_card(CHUO)
    [found] = [line for line in city.get("/senior-cards/").context["seen"].lines if line.tenant.schema_name == CHUO]
    assert (found.active, found.lapsed, found.asked, found.refused) == (1, 0, 1, 0)


def test_the_overview_names_nobody(city: Client) -> None:
    card = factories.senior_card(CHUO, registrant=factories.individual(family_name="山崎"))
    inquired(factories.senior_card_draft(SPORTS), SPORTS)
    page = text_of(city.get("/senior-cards/"))
    assert not any(secret in page for secret in ("山崎", str(card.number), str(card.pk), f"{dt.date(1950, 4, 1)}"))


def test_the_overview_costs_the_same_for_one_inquiry_and_three(city: Client) -> None:
    counts = []
    for kana in ("ア", "カ"):
        for number in range(1 if kana == "ア" else 2):
            person = {"family_kana": kana * (number + 2), "family_name": f"架{kana}{number}"}
            factories.senior_card(CHUO, registrant=factories.individual(CHUO, **person))
            draft = factories.senior_card_draft(SPORTS, registrant=factories.individual(SPORTS, **person))
            answered(inquired(draft, SPORTS), "other")
        with count_statements() as statements:
            shown = city.get("/senior-cards/")
        counts.append((len(shown.context["seen"].waiting), statements.count))
    assert [waiting for waiting, _ in counts] == [1, 3]
    assert counts[0][1] == counts[1][1]


def test_each_facilitys_audit_names_its_own_holder_alone(deciding: Client) -> None:
    held, draft = factories.senior_card(CHUO), factories.senior_card_draft(SPORTS)
    decided(deciding, answered(inquired(draft, SPORTS), "other"), "namesake")
    for schema, person, acts in (
        (CHUO, held.registrant_id, ["change", "change"]),
        (SPORTS, draft.registrant_id, ["create", "change"]),
    ):
        with as_tenant(schema):
            told = list(AuditEntry.objects.filter(object_type="senior_inquiry").order_by("id"))
        assert [one.action for one in told] == acts
        assert [one.persons for one in told] == [[person]] * 2


@pytest.fixture
def general(database: None) -> Client:
    """総括's browser."""
    return signed_in(client_at(settings.CITY_HOST), factories.city_officer())


TERMS = {"clerk_hour": "30", "tenant_day": "150", "wrong_numbers": "3", "given_name": "on"}


def test_the_city_sets_the_terms_and_sees_them(general: Client) -> None:
    assert general.post("/senior-cards/terms/", TERMS).status_code == 302
    terms = general.get("/senior-cards/").context["seen"].terms
    assert (terms.clerk_hour, terms.tenant_day, terms.wrong_numbers) == (30, 150, 3)
    assert (terms.given_name, terms.birth_slips) == (True, False)
    assert [entry.detail for entry in audited("senior_terms")] == [
        {"clerk_hour": 30, "given_name": True, "tenant_day": 150, "wrong_numbers": 3}
    ]


@pytest.mark.parametrize(
    ("name", "value"), [("clerk_hour", "0"), ("clerk_hour", "201"), ("tenant_day", "x"), ("wrong_numbers", "-1")]
)
def test_terms_beyond_reason_are_told_beside_their_field(general: Client, name: str, value: str) -> None:
    answer = general.post("/senior-cards/terms/", TERMS | {name: value})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [name]


def test_an_office_that_cares_for_some_facilities_sets_no_terms_for_all(deciding: Client) -> None:
    assert deciding.post("/senior-cards/terms/", TERMS).status_code == 403
    assert audited("page")[-1].action == "denied"


def test_the_city_answers_a_silent_facilitys_inquiry(deciding: Client) -> None:
    factories.senior_card(CHUO)
    inquiry = inquired(factories.senior_card_draft(SPORTS), SPORTS)
    page = deciding.get("/senior-cards/")
    assert [one.inquiry.pk for one in page.context["seen"].unanswered] == [inquiry]
    assert "施設に代わって市が回答する" in text_of(deciding.get(f"/senior-cards/inquiries/{inquiry}/"))
    sent = {"answer": "other", "note": "施設が廃止されたため台帳で確かめた"}
    assert deciding.post(f"/senior-cards/inquiries/{inquiry}/answer/", sent).status_code == 302
    assert [one.inquiry.answered_by_city for one in deciding.get("/senior-cards/").context["seen"].waiting] == [True]


@pytest.mark.parametrize("sent", [{}, {"answer": "other"}, {"answer": "perhaps", "note": NOTE}, {"note": NOTE}])
def test_the_citys_answer_without_its_parts_changes_nothing(deciding: Client, sent: dict[str, str]) -> None:
    factories.senior_card(CHUO)
    inquiry = inquired(factories.senior_card_draft(SPORTS), SPORTS)
    assert deciding.post(f"/senior-cards/inquiries/{inquiry}/answer/", sent).status_code == 422
    assert len(deciding.get("/senior-cards/").context["seen"].unanswered) == 1
