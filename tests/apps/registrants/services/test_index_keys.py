"""Only who holds the key in use may ask and issue: no process with other keys gives a second card."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from apps.registrants.index_errors import CardNotCheckedError
from apps.registrants.models import Card
from apps.registrants.services import retokening
from apps.registrants.services.clearing import clear_for_issue
from apps.registrants.tasks import retoken_cards
from kernel.errors import DomainError
from kernel.name_tokens import TokenKey
from shared.actor import Actor
from shared.audit.models import AuditEntry
from shared.seniorcards import tokens as tokens_module
from shared.seniorcards import upkeep
from shared.seniorcards.models import Alert
from shared.seniorcards.tokens import KeyRefusedError, KeysMissingError
from shared.staff.models import StaffAccount
from tests import factories
from tests.support.scopes import as_city, as_tenant
from tests.support.tenants import CHUO, SPORTS
from tests.support.waiting import Gate

pytestmark = pytest.mark.usefixtures("database")
OLD = TokenKey("test", b"known to everybody, for tests 1!")
NEW = TokenKey("next", bytes(range(32)))
FORGED = TokenKey("test", bytes(range(1, 33)))
Keys = tuple[TokenKey, ...]


def rotated(settings: Any, *options: str, keys: Keys = (NEW, OLD)) -> None:
    settings.SENIOR_KEYS = keys
    call_command("rotate_senior_keys", *options)


def checked(schema: str = SPORTS) -> list[int]:
    draft = factories.senior_card_draft(schema)
    return [one.grade for one in factories.checked_for_duplicates(draft, schema)]


@pytest.mark.parametrize("keys", [(NEW,), (FORGED,), (FORGED, NEW), (NEW, FORGED)])
def test_without_the_key_in_use_nobody_asks_and_the_city_is_told(settings: Any, keys: Keys) -> None:
    factories.senior_card(CHUO)
    settings.SENIOR_KEYS = keys
    with pytest.raises(KeyRefusedError):
        checked()
    with as_city():
        assert Alert.objects.values_list("kind", "tenant").get() == ("key", SPORTS)
    with as_tenant(SPORTS):
        assert AuditEntry.objects.get(object_type="senior_index").detail["why"] == "key"


@pytest.mark.parametrize("keys", [(NEW,), (FORGED,)])
def test_without_the_key_in_use_nothing_is_issued(settings: Any, keys: Keys, superuser: psycopg.Connection) -> None:
    draft = factories.senior_card_draft(SPORTS)
    factories.checked_for_duplicates(draft, SPORTS)
    settings.SENIOR_KEYS = keys
    with pytest.raises(KeyRefusedError):
        factories.issue(draft, SPORTS)
    assert superuser.execute("SELECT count(*) FROM shared.senior_card_index").fetchone() == (0,)


def test_without_any_key_a_sentence_says_so(settings: Any) -> None:
    settings.SENIOR_KEYS = ()
    with pytest.raises(KeysMissingError):
        checked()


def test_an_empty_index_takes_the_first_key_that_asks(settings: Any, superuser: psycopg.Connection) -> None:
    assert checked() == []
    settings.SENIOR_KEYS = (NEW,)
    with pytest.raises(KeyRefusedError):
        checked()
    assert superuser.execute("SELECT kid, rules FROM shared.seniorcards_key").fetchall() == [("test", True)]


def test_after_the_rotation_the_old_key_alone_is_refused_and_both_go_on(settings: Any) -> None:
    factories.senior_card(CHUO)
    rotated(settings)
    settings.SENIOR_KEYS = (OLD,)
    with pytest.raises(KeyRefusedError):
        checked()
    for keys in ((NEW,), (NEW, OLD)):
        settings.SENIOR_KEYS = keys
        assert checked() == [1]
        with as_tenant(SPORTS):
            Card.objects.update(state="lapsed", lapse_cause="returned")


def test_an_index_without_cards_changes_its_key_too(settings: Any) -> None:
    assert checked() == []
    rotated(settings)
    settings.SENIOR_KEYS = (NEW,)
    assert checked(CHUO) == []


def test_a_lost_key_is_replaced_from_the_tenants(settings: Any) -> None:
    factories.senior_card(CHUO)
    rotated(settings, keys=(NEW,))
    assert checked() == [1]


def test_a_key_that_was_retired_does_not_come_back(settings: Any) -> None:
    factories.senior_card(CHUO)
    rotated(settings)
    with pytest.raises(CommandError, match="an id of its own"):
        rotated(settings, keys=(OLD, NEW))
    assert checked() == [1]


def test_a_worker_with_another_key_changes_nothing_and_the_city_is_told(
    settings: Any, superuser: psycopg.Connection
) -> None:
    card = factories.senior_card(CHUO)
    with as_tenant(CHUO):
        card.registrant.family_kana = "ミホン"
        card.registrant.save()
    before = superuser.execute("SELECT t1 FROM shared.senior_card_index").fetchall()
    settings.SENIOR_KEYS = (FORGED,)
    retoken_cards(CHUO)
    assert superuser.execute("SELECT t1 FROM shared.senior_card_index").fetchall() == before
    with as_city():
        assert [alert.kind for alert in Alert.objects.all()] == ["key"]


def test_a_reprint_needs_no_new_check_while_a_new_key_comes(settings: Any) -> None:
    card = factories.senior_card(CHUO)
    settings.SENIOR_KEYS = (NEW, OLD)
    with as_tenant(CHUO):
        clear_for_issue(card=card, actor=Actor(kind="staff"))


def test_a_check_before_the_new_key_came_still_counts(settings: Any) -> None:
    draft = factories.senior_card_draft(CHUO)
    factories.checked_for_duplicates(draft, CHUO)
    settings.SENIOR_KEYS = (NEW, OLD)
    factories.issue(draft, CHUO)


def test_cards_of_tenants_that_are_not_at_work_get_the_new_key_too(
    settings: Any, superuser: psycopg.Connection
) -> None:
    factories.senior_card(CHUO)
    superuser.execute("UPDATE shared.tenants_tenant SET state = 'suspended' WHERE schema_name = 'chuo'")
    rotated(settings)
    kids = superuser.execute("SELECT kid FROM shared.senior_card_index").fetchall()
    assert kids == [("next",)]


PROCESS = threading.local()
"""Each thread stands for a process with keys of its own."""


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> None:
    def keys() -> Sequence[TokenKey]:
        found: Keys = PROCESS.keys
        return found

    for module in (tokens_module, retokening):
        monkeypatch.setattr(module, "keys", keys)
    PROCESS.keys = (OLD,)


def issue(schema: str, card: Card, officer: StaffAccount) -> str:
    """Check and issue as a process does; what hindered it, or empty."""
    try:
        factories.checked_for_duplicates(card, schema, officer=officer)
        factories.issue(card, schema)
    except (DomainError, CardNotCheckedError) as error:
        return type(error).__name__
    return ""


def rotate() -> str:
    """Every card gets the new key, and the old one goes, if none came meanwhile."""
    for schema in (CHUO, SPORTS):
        with as_tenant(schema):
            list(retokening.retoken_all())
    with as_city():
        upkeep.drop_key("test", kept="next")
    return ""


@pytest.mark.race
@pytest.mark.parametrize(("one", "other"), list(product([(OLD,), (NEW, OLD), (NEW,)], repeat=2)))
def test_no_moment_of_a_rotation_lets_a_person_have_two_cards(
    processes: None, superuser: psycopg.Connection, one: Keys, other: Keys
) -> None:
    officers = {schema: factories.card_officer(schema) for schema in (CHUO, SPORTS)}
    for number in range(4):
        born = {"birth_date": factories.soon().replace(year=1940 + number)}
        drafts = {
            schema: factories.senior_card_draft(schema, registrant=factories.individual(schema, **born))
            for schema in (CHUO, SPORTS)
        }
        acts = [
            (one, lambda: issue(CHUO, drafts[CHUO], officers[CHUO])),  # noqa: B023  # run within the round
            (other, lambda: issue(SPORTS, drafts[SPORTS], officers[SPORTS])),  # noqa: B023
            ((NEW, OLD), rotate),
        ]
        barrier = Gate(len(acts))

        def run(act: Any) -> str:
            PROCESS.keys, do = act
            barrier.wait()  # noqa: B023
            try:
                return str(do())
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(acts)) as threads:
            list(threads.map(run, acts))
        live = "SELECT count(*) FROM {}.registrants_card WHERE state = 'active'"
        issued = [superuser.execute(live.format(schema)).fetchone() for schema in (CHUO, SPORTS)]
        assert sum(found[0] for found in issued if found) <= 1
        superuser.execute(
            "DELETE FROM shared.senior_card_index; DELETE FROM shared.seniorcards_key;"
            "DELETE FROM shared.seniorcards_hit; DELETE FROM shared.seniorcards_call;"
            "UPDATE chuo.registrants_card SET state = 'lapsed', lapse_cause = 'returned';"
            "UPDATE sports.registrants_card SET state = 'lapsed', lapse_cause = 'returned'"
        )
