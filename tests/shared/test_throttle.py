"""Limits are counted for each asker, under keys that tell nothing."""

from __future__ import annotations

import pytest
from redis import Redis

from shared.throttle import Limit, TooOftenError
from tests.support.scopes import as_portal

pytestmark = pytest.mark.usefixtures("database")
TWICE = Limit("test", tries=2, minutes=5)


def test_one_too_many_is_refused_and_another_asker_is_not() -> None:
    with as_portal():
        for _ in range(2):
            TWICE.count("hanako", "127.0.0.1")
        with pytest.raises(TooOftenError) as refused:
            TWICE.count("hanako", "127.0.0.1")
        TWICE.count("hanako", "127.0.0.2")
    assert refused.value.params == {"minutes": 5}


def test_a_check_counts_nothing() -> None:
    with as_portal():
        for _ in range(5):
            TWICE.check("hanako")
        assert [TWICE.allows("hanako") for _ in range(3)] == [True, True, False]
        with pytest.raises(TooOftenError):
            TWICE.check("hanako")


def test_a_limit_ends_by_itself(broker: Redis) -> None:
    with as_portal():
        TWICE.count("hanako")
    [key] = broker.keys()
    assert 0 < broker.ttl(key) <= 5 * 60


def test_no_key_tells_who(broker: Redis) -> None:
    with as_portal():
        TWICE.count("hanako@citizens.example", "192.0.2.7")
    told = str(broker.keys())
    assert "hanako" not in told
    assert "192.0.2.7" not in told
