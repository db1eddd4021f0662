"""A new key, a new name, an imported card, a lost index: tokens follow, and no half is left when it is stopped."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from psycopg import sql

from apps.registrants.models import Card, CardState, CardToken, LapseCause, Registrant
from apps.registrants.services.index_status import card_state_changed
from apps.registrants.services.retokening import rebuild_all
from apps.registrants.tasks import purge_index, retoken_cards
from kernel import clock
from kernel.name_tokens import TokenKey
from shared.seniorcards import upkeep
from shared.seniorcards.models import Alert
from shared.seniorcards.tokens import KeyRefusedError
from tests import factories
from tests.support.environment import ROOT
from tests.support.raw import raw_superuser
from tests.support.scopes import as_city, as_tenant
from tests.support.tenants import CHUO, SPORTS

pytestmark = pytest.mark.usefixtures("database")
OLD = TokenKey("test", b"known to everybody, for tests 1!")
NEW = TokenKey("next", bytes(range(32)))


@pytest.fixture
def rotate(settings: Any, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run the command with a new key before the old one; what it printed."""

    def run(*options: str, keys: Sequence[TokenKey] = (NEW, OLD)) -> str:
        settings.SENIOR_KEYS = tuple(keys)
        call_command("rotate_senior_keys", *options)
        return capsys.readouterr().out

    return run


def kids(superuser: psycopg.Connection) -> dict[str, int]:
    rows = superuser.execute("SELECT kid, count(*) FROM shared.senior_card_index GROUP BY 1")
    return dict(rows.fetchall())


def others(count: int, schema: str = CHUO) -> list[Card]:
    """Cards of people who have nothing in common."""
    rows = "アイウエカキクケサシスセタチツテナニヌネハヒフヘマミムメ"
    officer = factories.card_officer(schema)
    cards = []
    for number in range(count):
        kana = rows[number % 28] + "ロ" + rows[number // 28] + "ヤ"
        person = factories.individual(schema, family_kana=kana + schema[0], family_name=f"架{number}{schema[0]}")
        card = factories.senior_card_draft(schema, registrant=person)
        if number % 20 == 19:
            officer = factories.card_officer(schema)
        factories.checked_for_duplicates(card, schema, officer=officer)
        factories.issue(card, schema)
        cards.append(card)
    return cards


def lapse(card: Card, *, ago: int = 0) -> None:
    with as_tenant(CHUO):
        card.state, card.lapse_cause = CardState.LAPSED, LapseCause.RETURNED
        card.lapsed_on = clock.today() - dt.timedelta(days=ago)
        card.save()
        card_state_changed(card=card)


def test_a_rotation_leaves_every_card_under_the_new_key_alone(rotate: Any, superuser: psycopg.Connection) -> None:
    cards = others(5)
    others(2, SPORTS)
    lapse(cards[0])
    told = rotate("--batch", "2")
    assert "chuo: 2 cards" in told
    assert "test: 7 rows dropped" in told
    assert kids(superuser) == {"next": 7}
    with as_tenant(CHUO):
        assert set(CardToken.objects.values_list("kid", flat=True)) == {"next"}


def test_meanwhile_both_keys_find_the_person(rotate: Any, superuser: psycopg.Connection) -> None:
    factories.senior_card(CHUO)
    told = rotate("--keep-old")
    assert "dropped" not in told
    assert kids(superuser) == {"test": 1, "next": 1}
    for keys in ((NEW, OLD), (OLD,)):
        rotate("--keep-old", keys=keys)
        draft = factories.senior_card_draft(SPORTS)
        assert [one.grade for one in factories.checked_for_duplicates(draft, SPORTS)] == [1]
        with as_tenant(SPORTS):
            draft.registrant.cards.update(state="lapsed", lapse_cause="returned")


def test_before_the_rotation_a_process_with_both_keys_finds_the_old_token(settings: Any) -> None:
    factories.senior_card(CHUO)
    settings.SENIOR_KEYS = (NEW, OLD)
    assert [one.grade for one in factories.checked_for_duplicates(factories.senior_card_draft(SPORTS), SPORTS)] == [1]


def test_an_old_key_is_not_dropped_while_a_card_has_no_other(rotate: Any, superuser: psycopg.Connection) -> None:
    others(2)
    rotate("--keep-old")
    superuser.execute(
        "DELETE FROM shared.senior_card_index WHERE kid = 'next' AND card_uid IN (SELECT card_uid"
        " FROM shared.senior_card_index LIMIT 1)"
    )
    superuser.execute("UPDATE shared.senior_card_index SET tenant = 'nowhere'")
    with pytest.raises(CommandError, match="1 cards have no token of next yet"):
        rotate()
    assert kids(superuser)["test"] == 2


@pytest.mark.slow
def test_a_rotation_that_is_killed_goes_on_where_it_was(superuser: psycopg.Connection) -> None:
    others(60)
    keys = "next:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=," + os.environ["KASHIKAN_SENIOR_KEYS"]
    command = [sys.executable, "manage.py", "rotate_senior_keys", "--batch", "1"]
    environ = {**os.environ, "KASHIKAN_SENIOR_KEYS": keys}
    done, between = 0, kids(superuser)
    for _ in range(2):
        with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            process.stdout.readline()
            process.send_signal(signal.SIGKILL)
            process.stdout.close()
        time.sleep(0.2)  # the server ends what it was told to commit
        between = kids(superuser)
        assert between["test"] == 60
        assert done < between["next"] < 60
        done = between["next"]
    told = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=True).stdout
    assert f"chuo: {60 - between['next']} cards" in told
    assert kids(superuser) == {"next": 60}


def test_a_changed_name_gets_new_tokens_by_the_hourly_task(superuser: psycopg.Connection) -> None:
    card = factories.senior_card(CHUO)
    with as_tenant(CHUO):
        Registrant.objects.filter(pk=card.registrant_id).update(family_kana="ミホン", family_name="見本")
        assert not CardToken.objects.exists()
    retoken_cards(CHUO)
    found = factories.checked_for_duplicates(factories.senior_card_draft(SPORTS), SPORTS)
    assert found == []
    with as_tenant(CHUO):
        assert CardToken.objects.count() == 1


def test_a_card_that_a_merge_moves_gets_the_other_records_tokens() -> None:
    card = factories.senior_card(CHUO)
    other = factories.individual(CHUO, family_kana="ミホン", family_name="見本")
    with as_tenant(CHUO):
        Card.objects.filter(pk=card.pk).update(registrant=other)
    retoken_cards(CHUO)
    same = factories.individual(SPORTS, family_kana="ミホン", family_name="見本")
    found = factories.checked_for_duplicates(factories.senior_card_draft(SPORTS, registrant=same), SPORTS)
    assert [one.grade for one in found] == [1]


def imported(schema: str) -> Card:
    """A card from the records before, which nobody has checked: put there when no trigger looked."""
    card = factories.senior_card_draft(schema, number=f"R{schema[0].upper()}-9", issued_on=clock.today(), branch=1)
    with raw_superuser() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(
            sql.SQL("UPDATE {} SET state = 'active' WHERE id = %s").format(sql.Identifier(schema, "registrants_card")),
            [card.pk],
        )
    return card


def test_imported_cards_are_entered_and_a_pair_of_one_person_is_told_to_the_city() -> None:
    imported(CHUO)
    second = imported(SPORTS)
    retoken_cards(CHUO)
    for _ in range(2):
        retoken_cards(SPORTS)
    with as_city():
        assert Alert.objects.values_list("kind", "tenant", "card_uid").get() == ("duplicate", "sports", second.pk)


def test_void_cards_are_forgotten_after_the_years_that_were_set(superuser: psycopg.Connection) -> None:
    for card, ago in zip(others(2), (5 * 366, 300), strict=True):
        lapse(card, ago=ago)
    purge_index()
    assert kids(superuser) == {"test": 1}


def rebuilt(capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    call_command("rebuild_senior_index", *options)
    return capsys.readouterr().out.splitlines()


def test_an_index_that_is_right_has_no_differences(capsys: pytest.CaptureFixture[str]) -> None:
    cards = others(3)
    lapse(cards[0])
    assert rebuilt(capsys)[-1] == "0 differences"


def test_differences_are_listed_before_the_index_is_replaced(
    capsys: pytest.CaptureFixture[str], superuser: psycopg.Connection
) -> None:
    cards = sorted(others(3), key=lambda card: card.pk)
    superuser.execute("DELETE FROM shared.senior_card_index WHERE card_uid = %s", [cards[0].pk])
    superuser.execute("UPDATE shared.senior_card_index SET status = 'lapsed' WHERE card_uid = %s", [cards[1].pk])
    superuser.execute("UPDATE shared.senior_card_index SET t2 = t3 || 'x' WHERE card_uid = %s", [cards[2].pk])
    listed = rebuilt(capsys)
    assert listed[-4:] == [
        f"chuo {cards[0].pk} missing", f"chuo {cards[1].pk} state", f"chuo {cards[2].pk} tokens", "3 differences",
    ]  # fmt: skip
    assert rebuilt(capsys, "--replace")[-1] == "3 rows in place"
    assert rebuilt(capsys)[-1] == "0 differences"


def test_a_card_that_no_tenant_has_is_extra(capsys: pytest.CaptureFixture[str], superuser: psycopg.Connection) -> None:
    others(1)
    superuser.execute("UPDATE shared.senior_card_index SET card_uid = gen_random_uuid()")
    assert sorted(line.split()[-1] for line in rebuilt(capsys)[-3:-1]) == ["extra", "missing"]


def test_a_tenant_that_is_not_at_work_stays_in_the_index(
    capsys: pytest.CaptureFixture[str], superuser: psycopg.Connection
) -> None:
    others(1)
    superuser.execute("UPDATE shared.tenants_tenant SET state = 'closed' WHERE schema_name = 'chuo'")
    assert rebuilt(capsys, "--replace")[-2:] == ["0 differences", "1 rows in place"]


def test_what_changed_after_the_comparison_is_not_overwritten(superuser: psycopg.Connection) -> None:
    """The same card differs before and after, yet otherwise."""
    [card] = others(1)
    superuser.execute("UPDATE shared.senior_card_index SET status = 'lapsed'")
    with as_city():
        run = upkeep.rebuild_begin()
    with as_tenant(CHUO):
        list(rebuild_all(run))
    with as_city():
        seen = upkeep.mark()
    with as_tenant(CHUO):
        Card.objects.filter(pk=card.pk).update(state=CardState.SUSPENDED)
    with as_city():
        assert upkeep.rebuild_replace(run, seen) is None
    assert superuser.execute("SELECT status FROM shared.senior_card_index").fetchall() == [("suspended",)]


def test_of_two_runs_at_once_the_first_replaces_nothing(superuser: psycopg.Connection) -> None:
    others(2)
    with as_city():
        first = upkeep.rebuild_begin()
    with as_tenant(CHUO):
        list(rebuild_all(first))
    with as_city():
        second = upkeep.rebuild_begin()
        assert upkeep.rebuild_replace(first, upkeep.mark()) is None
    with as_tenant(CHUO), pytest.raises(KeyRefusedError):
        list(rebuild_all(first))
    with as_tenant(CHUO):
        list(rebuild_all(second))
    with as_city():
        assert upkeep.rebuild_replace(second, upkeep.mark()) == 2


def test_a_rebuild_that_was_broken_off_leaves_the_index(
    capsys: pytest.CaptureFixture[str], superuser: psycopg.Connection
) -> None:
    others(2)
    before = superuser.execute("SELECT * FROM shared.senior_card_index ORDER BY id").fetchall()
    with as_city():
        run = upkeep.rebuild_begin()
    with as_tenant(CHUO):
        next(rebuild_all(run, batch=1))
    assert superuser.execute("SELECT * FROM shared.senior_card_index ORDER BY id").fetchall() == before
    assert rebuilt(capsys)[-1] == "0 differences"


def test_a_process_with_another_key_rebuilds_nothing(settings: Any, superuser: psycopg.Connection) -> None:
    others(1)
    settings.SENIOR_KEYS = (NEW,)
    with pytest.raises(CommandError, match="Nothing was replaced"):
        call_command("rebuild_senior_index", "--replace")
    assert kids(superuser) == {"test": 1}
