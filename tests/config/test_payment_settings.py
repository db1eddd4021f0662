"""KASHIKAN_PAYMENT_PROVIDERS and KASHIKAN_PAYMENT_KEYS: what is read, and the sentences that refuse the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.env import PaymentKey, PaymentProvider
from tests.config.test_env import loaded, refusal

SECRET = "a-word-of-the-contract-that-nobody-guesses"
ADAPTER = "city_adapter.module:Provider"


def test_providers_are_named_with_adapter_address_and_page() -> None:
    text = f"main={ADAPTER}@https://api.provider.example|https://pay.provider.example, demo=a.b:C@http://127.0.0.1:8100"
    assert loaded(KASHIKAN_PAYMENT_PROVIDERS=text).payment_providers == (
        PaymentProvider("main", ADAPTER, "https://api.provider.example", "https://pay.provider.example"),
        PaymentProvider("demo", "a.b:C", "http://127.0.0.1:8100"),
    )


def test_keys_are_by_tenant_and_id_in_the_variable_or_in_a_file(tmp_path: Path) -> None:
    lines = [f"chuo/api:{SECRET}", f"chuo/2026a:{SECRET[::-1]}"]
    file = tmp_path / "keys"
    file.write_text("\n".join(lines), encoding="ascii")
    wanted = (PaymentKey("chuo", "api", SECRET), PaymentKey("chuo", "2026a", SECRET[::-1]))
    for text in (",".join(lines), file.as_uri()):
        assert loaded(KASHIKAN_PAYMENT_KEYS=text).payment_keys == wanted


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("main", "NAME=MODULE:CLASS@URL"),
        (f"main={ADAPTER}@ftp://provider.example", "must begin with"),
        (f"main={ADAPTER}@https://", "must name the host"),
        (f"main={ADAPTER}@https://a.example,main={ADAPTER}@https://b.example", "each provider once"),
    ],
)
def test_a_provider_that_makes_no_sense_stops_the_start(text: str, told: str) -> None:
    assert told in refusal(KASHIKAN_PAYMENT_PROVIDERS=text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (SECRET, "TENANT/ID:SECRET"),
        ("chuo/api:short", "at least"),
        (f"chuo/api:{SECRET},chuo/api:{SECRET}", "an id of its own"),
        ("file:///nowhere/keys", "cannot be read"),
    ],
)
def test_a_key_that_makes_no_sense_stops_the_start_and_is_not_repeated(text: str, told: str) -> None:
    sentence = refusal(KASHIKAN_PAYMENT_KEYS=text)
    assert told in sentence
    assert SECRET not in sentence
