"""A whole duplicate check over the pages, with its errors; then its person is looked for wherever it left a trace."""

from __future__ import annotations

from uuid import uuid4

import psycopg
import pytest
from django.test import Client
from redis import Redis

from apps.registrants.models import Card
from apps.registrants.tasks import retoken_cards
from config.celery import app
from shared.outbox.models import Message
from shared.staff.models import Role
from tenants.tasks import for_every_tenant
from tests import factories
from tests.apps.registrants.web.staff.test_duplicates import STATED, checked, inquired
from tests.isolation.test_senior_index import dump
from tests.support.broker import everything
from tests.support.clients import client_at, signed_in
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO, SPORTS

pytestmark = pytest.mark.usefixtures("database")
app.set_default()
PERSON = (
    "ヤマザキ", "ヤマサキ", "ﾔﾏｻﾞｷ", "ﾔﾏｻｷ", "やまざき", "やまさき", "ハナコ", "ﾊﾅｺ", "はなこ", "ミホンハナコ",
    "山崎", "山先", "華子",
    "1950-04-01", "1950/04/01", "1950/4/1", "1950年4月1日", "19500401", "昭和25", "昭和２５", "S25.4.1",
)  # fmt: skip


def people() -> tuple[Card, Card]:
    """Who holds a card at ``chuo``, and who applies at ``sports``."""
    holder = factories.individual(
        CHUO, family_name="山崎", family_kana="ヤマザキ", given_name="華子", given_kana="ハナコ"
    )
    card = factories.senior_card(CHUO, registrant=holder, former_name="見本華子", former_kana="ミホンハナコ")
    who = factories.individual(
        SPORTS, family_name="山先", family_kana="ヤマサキ", given_name="華子", given_kana="ハナコ"
    )
    return card, factories.senior_card_draft(SPORTS, registrant=who)


def officer(schema: str) -> Client:
    account = factories.clerk(schema, roles=[Role.CARD_OFFICER, Role.RECEPTION])
    return signed_in(client_at(f"{schema}.localhost"), account)


def a_whole_journey(superuser: psycopg.Connection) -> list[str]:
    """Every page and every refusal, the tasks, and a fault in the midst: the numbers that must not be found."""
    card, draft = people()
    asking, answering = officer(SPORTS), officer(CHUO)
    asking.get(f"/cards/{draft.pk}/duplicates/")
    asking.post(f"/cards/{draft.pk}/duplicates/", {"purpose": "ヤマザキハナコ"})
    page = checked(asking, draft)
    for number in (str(card.number), "RA-000123-4", "ヤマザキ昭和25年", ""):
        asking.post(page.request["PATH_INFO"], {"number": number})
    asking.get(f"/cards/{draft.pk}/duplicates/{uuid4()}/")
    asking.post(f"/cards/{draft.pk}/duplicates/hits/{uuid4()}/inquire/")
    inquiry = inquired(asking, draft)
    answering.get("/inquiries/")
    answering.post(f"/inquiries/received/{inquiry}/", {"answer": "other", "note": ""})
    answering.post(f"/inquiries/received/{inquiry}/", {"answer": "other", "note": "山崎華子さんに電話で確かめた"})
    factories.issue(draft, SPORTS)
    with as_tenant(SPORTS):
        numbers = [str(card.number), str(Card.objects.get(pk=draft.pk).number)]
    for_every_tenant(task_name="registrants.retoken")
    for schema in (CHUO, SPORTS):
        retoken_cards(schema)
    _with_a_fault(superuser, asking, draft)
    return numbers


def _with_a_fault(superuser: psycopg.Connection, asking: Client, draft: Card) -> None:
    """The server fails while it is asked."""
    signature = superuser.execute(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE proname = 'senior_digests'"
    ).fetchone()
    assert signature is not None
    superuser.execute(f"ALTER FUNCTION {signature[0]} RENAME TO senior_gone")
    try:
        asking.raise_request_exception = False
        assert asking.post(f"/cards/{draft.pk}/duplicates/", STATED).status_code == 500
    finally:
        renamed = signature[0].replace("senior_digests", "senior_gone")
        superuser.execute(f"ALTER FUNCTION {renamed} RENAME TO senior_digests")


def test_nothing_of_a_person_is_left_in_what_is_shared_logged_or_sent(
    superuser: psycopg.Connection, broker: Redis, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    numbers = a_whole_journey(superuser)
    logged = "".join(capfd.readouterr()) + caplog.text
    places = {"shared": dump(superuser, "shared"), "broker": everything(), "log": logged}
    found = [(place, word) for place, text in places.items() for word in (*PERSON, *numbers) if word in text]
    assert found == []
    assert "registrants.retoken" in places["broker"]  # so that a task's arguments were looked at
    assert "senior" in places["log"]
    own = dump(superuser, CHUO)
    assert all(word in own for word in ("ヤマザキ", "1950-04-01", numbers[0]))  # so that the look would have found it


def test_no_message_and_no_address_tells_of_a_person(superuser: psycopg.Connection) -> None:
    numbers = a_whole_journey(superuser)
    for schema in (CHUO, SPORTS):
        with as_tenant(schema):
            sent = repr(list(Message.objects.values()))
        assert [word for word in (*PERSON, *numbers) if word in sent] == []


def test_the_audit_of_a_facility_holds_nothing_of_the_person_but_its_own_ids(superuser: psycopg.Connection) -> None:
    numbers = a_whole_journey(superuser)
    for schema in (CHUO, SPORTS):
        rows = superuser.execute(f"SELECT to_jsonb(a)::text FROM {schema}.audit_auditentry a").fetchall()
        told = "".join(row[0] for row in rows)
        assert [word for word in (*PERSON, *numbers) if word in told] == []


def test_the_page_of_a_fault_tells_nothing_of_the_person(superuser: psycopg.Connection) -> None:
    _card, draft = people()
    asking = officer(SPORTS)
    asking.raise_request_exception = False
    superuser.execute("ALTER FUNCTION shared.senior_terms() RENAME TO senior_gone")
    try:
        answer = asking.post(f"/cards/{draft.pk}/duplicates/", STATED)
    finally:
        superuser.execute("ALTER FUNCTION shared.senior_gone() RENAME TO senior_terms")
    assert answer.status_code == 500
    assert [word for word in PERSON if word in answer.content.decode()] == []
