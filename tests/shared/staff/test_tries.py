"""Guessing ends, nobody is locked out by another's failures, and tries sent at once do not slip through."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from redis import Redis

from shared.audit.models import Action, AuditEntry
from shared.staff.errors import LockedError
from shared.staff.models import SignInEvent, SignInPair, SignInSign
from shared.staff.rules.policy import DEFAULT
from shared.staff.tasks import forget_staff_tries
from shared.tries import MANY, OF_AN_ORIGIN, counted
from tests import factories
from tests.shared.staff.support import at_desk, enter, is_inside
from tests.support.fixtures import Freeze
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")


def events() -> list[str]:
    with as_tenant(CHUO):
        return list(SignInEvent.objects.order_by("pk").values_list("sign", flat=True))


def test_five_failures_lock_the_pair_for_fifteen_minutes(freeze: Freeze) -> None:
    now, clerk, client = freeze("2026-04-01 09:00"), factories.clerk(), at_desk()
    assert [enter(client, clerk, "wrong").status_code for _ in range(6)] == [422] * 5 + [429]
    locked = enter(client, clerk)
    assert (locked.status_code, "15分ほど" in locked.content.decode()) == (429, True)
    now.shift(dt.timedelta(minutes=14, seconds=59))
    assert enter(client, clerk).status_code == 429
    now.shift(dt.timedelta(seconds=1))
    assert enter(client, clerk).status_code == 302


def test_a_lock_is_not_made_longer_by_trying_on(freeze: Freeze) -> None:
    now, clerk, client = freeze("2026-04-01 09:00"), factories.clerk(), at_desk()
    for _ in range(5):
        enter(client, clerk, "wrong")
    now.shift(dt.timedelta(minutes=10))
    assert enter(client, clerk, "wrong").status_code == 429
    now.shift(dt.timedelta(minutes=5))
    assert enter(client, clerk).status_code == 302


def test_the_same_id_still_enters_from_elsewhere() -> None:
    clerk = factories.clerk()
    for _ in range(7):
        enter(at_desk("192.0.2.7"), clerk, "wrong")
    assert enter(at_desk(), clerk).status_code == 302


def test_the_right_password_begins_the_count_anew() -> None:
    clerk, client = factories.clerk(), at_desk()
    for _ in range(3):
        assert [enter(client, clerk, "wrong").status_code for _ in range(4)] == [422] * 4
        assert enter(client, clerk).status_code == 302
        client.post("/logout/")


def test_an_id_that_nobody_has_is_locked_like_any_other() -> None:
    assert [enter(at_desk(), "nobody", "wrong").status_code for _ in range(6)] == [422] * 5 + [429]
    assert events() == []


def test_width_and_case_of_the_id_make_no_other_pair() -> None:
    factories.clerk(login_id="kamome01")
    written = ["kamome01", "KAMOME01", " ｋａｍｏｍｅ０１", "Kamome01 ", "kamome０１", "kamome01"]
    assert [enter(at_desk(), one, "wrong").status_code for one in written] == [422] * 5 + [429]


def test_the_person_is_told_at_the_next_sign_in_and_only_then() -> None:
    clerk, client = factories.clerk(), at_desk()
    for _ in range(5):
        enter(at_desk("192.0.2.7"), clerk, "wrong")
    assert events() == [SignInSign.LOCKED]
    enter(client, clerk)
    told = client.get("/account/").content.decode()
    assert "失敗が続き、一時的に止めた" in told
    assert "ログインの失敗が5回ありました" in told
    client.post("/logout/")
    enter(client, clerk)
    again = client.get("/account/").content.decode()
    assert "失敗が続き" not in again
    assert "前回のログイン：" in again


def test_guesses_from_many_origins_are_slowed_and_the_known_terminal_goes_on() -> None:
    clerk, known = factories.clerk(), at_desk()
    enter(known, clerk)
    known.post("/logout/")
    statuses = [enter(at_desk(f"192.0.2.{n // 4}"), clerk, "wrong").status_code for n in range(MANY)]
    assert statuses == [422] * MANY
    assert events() == [SignInSign.MANY_ORIGINS]
    assert [enter(at_desk("198.51.100.1"), clerk, "wrong").status_code for _ in range(2)] == [422, 429]
    assert enter(known, clerk, "wrong").status_code == 422
    assert enter(known, clerk).status_code == 302


def test_one_origin_cannot_try_one_id_after_the_other_without_end() -> None:
    with as_tenant(CHUO):
        for n in range(OF_AN_ORIGIN):
            counted(pairs=SignInPair, who=(n,), origin=("192.0.2.7",), policy=DEFAULT)
        with pytest.raises(LockedError):
            counted(pairs=SignInPair, who=("new",), origin=("192.0.2.7",), policy=DEFAULT)
        counted(pairs=SignInPair, who=("new",), origin=("192.0.2.8",), policy=DEFAULT)


def test_nothing_of_it_rests_on_the_cache(broker: Redis) -> None:
    clerk = factories.clerk()
    before = broker.dbsize()
    for _ in range(5):
        enter(at_desk(), clerk, "wrong")
    assert broker.dbsize() == before
    broker.flushdb()
    assert enter(at_desk(), clerk).status_code == 429


def test_no_row_tells_an_id_or_an_address() -> None:
    enter(at_desk("192.0.2.77"), "kamome01", "wrong")
    with as_tenant(CHUO):
        kept = str(list(SignInPair.objects.values()))
    assert "kamome01" not in kept
    assert "192.0.2.77" not in kept


@pytest.mark.race
def test_tries_sent_at_once_do_not_slip_through() -> None:
    clerk = factories.clerk()

    def guess(_n: int) -> int:
        try:
            return int(enter(at_desk(), clerk, "wrong").status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as pool:
        assert Counter(pool.map(guess, range(32))) == {422: 5, 429: 27}
    with as_tenant(CHUO):
        assert AuditEntry.objects.filter(action=Action.LOGIN_FAILED).count() == 5
    assert events() == [SignInSign.LOCKED]


def test_old_counts_are_forgotten_and_known_origins_kept(freeze: Freeze) -> None:
    now, clerk = freeze("2026-04-01 09:00"), factories.clerk()
    enter(at_desk(), clerk)
    enter(at_desk("192.0.2.7"), "nobody", "wrong")
    now.shift(dt.timedelta(days=2))
    forget_staff_tries(CHUO)
    with as_tenant(CHUO):
        assert [one.known_at is not None for one in SignInPair.objects.all()] == [True]
    now.shift(dt.timedelta(days=100))
    forget_staff_tries(CHUO)
    with as_tenant(CHUO):
        assert not SignInPair.objects.exists()


def test_a_lapsed_one_time_password_is_named_only_to_whoever_knows_it(freeze: Freeze) -> None:
    now = freeze("2026-04-01 09:00")
    until = dt.datetime(2026, 4, 15, tzinfo=dt.UTC)
    clerk, client = factories.clerk(one_time_until=until), at_desk()
    assert enter(client, clerk).status_code == 302
    assert not is_inside(client)
    now.move_to(until)
    assert "IDまたはパスワードが違います" in enter(at_desk(), clerk, "wrong").content.decode()
    told = enter(at_desk(), clerk)
    assert (told.status_code, "仮のパスワードの期限" in told.content.decode()) == (403, True)
