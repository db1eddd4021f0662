"""A notice holds when its key, its time and its body do, and only then."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.payments.loopback import LoopbackProvider
from shared.payments.protocol import BadNoticeError, Credentials, ProviderDownError
from shared.payments.providers import has_keys, known, page_origin, provider_of
from shared.payments.signing import WINDOW, check, digest
from tests.support.testpay import API, NAME, TestPay

NOW = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
STAMP = str(int(NOW.timestamp()))
KEYS = {"k1": "one word of a contract", "k2": "the next word of a contract"}


def signed(body: bytes, kid: str = "k1", stamp: str = STAMP) -> str:
    return f"t={stamp},k={kid},v={digest(KEYS[kid], stamp, body)}"


def test_it_is_the_plain_hmac_that_any_provider_can_compute() -> None:
    ours = hmac.new(KEYS["k1"].encode(), STAMP.encode() + b".{}", hashlib.sha256).hexdigest()
    assert digest(KEYS["k1"], STAMP, b"{}") == ours


@pytest.mark.parametrize("kid", KEYS)
def test_every_key_of_the_contract_may_sign(kid: str) -> None:
    check(b"{}", signed(b"{}", kid), keys=KEYS, now=NOW)


def test_while_a_key_is_exchanged_both_may_stand_in_one_signature() -> None:
    both = f"{signed(b'{}', 'k2')},k=k1,v=00"
    check(b"{}", both, keys={"k2": KEYS["k2"]}, now=NOW)


@pytest.mark.parametrize("away", [WINDOW, -WINDOW])
def test_the_window_is_five_minutes_to_either_side(away: dt.timedelta) -> None:
    check(b"{}", signed(b"{}"), keys=KEYS, now=NOW + away)
    with pytest.raises(BadNoticeError, match="old"):
        check(b"{}", signed(b"{}"), keys=KEYS, now=NOW + away + away / 300)


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_a_signature_is_of_one_body(body: bytes, other: bytes) -> None:
    if body != other:
        with pytest.raises(BadNoticeError):
            check(other, signed(body), keys=KEYS, now=NOW)


@given(st.text(max_size=80))
def test_whatever_stands_in_the_header_is_refused_without_an_accident(text: str) -> None:
    with pytest.raises(BadNoticeError):
        check(b"{}", text, keys=KEYS, now=NOW)


def test_the_test_provider_is_asked_on_this_machine_only() -> None:
    with pytest.raises(ValueError, match="on this machine"):
        LoopbackProvider("http://pay.provider.example", "chuo", Credentials("", {}))


def test_a_contract_needs_its_adapter_and_its_keys(testpay: TestPay) -> None:
    assert set(known()) == {NAME}
    assert (has_keys("chuo"), has_keys("bunka")) == (True, False)
    assert page_origin(NAME) == f"http://127.0.0.1:{testpay.port}"
    assert page_origin("other") == ""
    for name, schema in (("other", "chuo"), (NAME, "bunka")):
        with pytest.raises(ProviderDownError):
            provider_of(name, schema=schema)


def test_no_secret_shows_in_what_is_printed() -> None:
    assert API["chuo"] not in repr(Credentials(API["chuo"], {"k1": API["chuo"]}))
