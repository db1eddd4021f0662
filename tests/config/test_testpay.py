"""The test provider takes no name, asks for its secret, does each thing once, and sends until it is heard."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import pytest

from config.testpay.book import Book, Merchant, RefusedError
from config.testpay.delivery import Delivery
from config.testpay.pages import page_of
from kernel import clock

HOUR = dt.timedelta(hours=1)


def asked(**changed: Any) -> dict[str, Any]:
    told = {"reference": "r" * 32, "amount": 2500, "currency": "JPY", "purpose": "使用料"}
    until = (clock.now() + HOUR).isoformat()
    return {**told, "expires_at": until, "return_url": "http://yoyaku.localhost/", **changed}


@pytest.fixture
def told() -> list[dict[str, Any]]:
    return []


@pytest.fixture
def book(told: list[dict[str, Any]]) -> Book:
    return Book(lambda _merchant, event: told.append(event))


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "架空　太郎"},
        {"reference": "架空 太郎"},
        {"purpose": "架空太郎の使用料"},
        {"amount": 0},
        {"amount": "2500"},
        {"currency": "USD"},
        {"expires_at": "tomorrow"},
        {"return_url": "javascript:x"},
    ],
)
def test_it_takes_reference_amount_and_purpose_and_nothing_else(book: Book, changed: dict[str, Any]) -> None:
    with pytest.raises(RefusedError):
        book.begin("chuo", asked(**changed))


def test_the_same_reference_is_the_same_session_and_not_for_another_amount(book: Book) -> None:
    assert book.begin("chuo", asked()) is book.begin("chuo", asked())
    with pytest.raises(RefusedError, match="reference_used"):
        book.begin("chuo", asked(amount=1))
    assert book.begin("sports", asked()) is not book.begin("chuo", asked())


def test_a_session_ends_once(book: Book, told: list[dict[str, Any]]) -> None:
    one = book.begin("chuo", asked())
    book.pay(one, "card")
    book.pay(one, "card")
    book.end(one, "cancelled")
    assert [event["kind"] for event in told] == ["paid"]


def test_what_is_over_expires(book: Book, told: list[dict[str, Any]]) -> None:
    book.begin("chuo", asked(expires_at=(clock.now() - HOUR).isoformat()))
    book.expire_due()
    assert [event["kind"] for event in told] == ["expired"]


def test_a_refund_is_done_once_for_a_key_and_never_beyond_the_payment(book: Book, told: list[dict[str, Any]]) -> None:
    one = book.begin("chuo", asked())
    book.pay(one, "code")
    wish = {"payment": one.payment, "amount": 2000, "reference": "key"}
    assert book.refund("chuo", wish, "key") is book.refund("chuo", wish, "key")
    assert [event["kind"] for event in told] == ["paid", "refunded"]
    with pytest.raises(RefusedError, match="amount"):
        book.refund("chuo", wish | {"reference": "other"}, "other")
    with pytest.raises(RefusedError, match="key_used"):
        book.refund("chuo", wish | {"amount": 1}, "key")
    with pytest.raises(RefusedError, match="unknown_payment"):
        book.refund("sports", wish, "key")


def test_the_page_shows_amount_and_purpose_and_three_buttons(book: Book) -> None:
    page = page_of(book.begin("chuo", asked()))
    for part in ("2,500円", "使用料", "支払う", "失敗", "やめて戻る", "実際の支払いは行われません"):
        assert part in page


class _Deaf(BaseHTTPRequestHandler):
    """Hears only the third time."""

    heard: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.heard.append(self.headers["X-Payment-Signature"])
        self.send_response(200 if len(self.heard) > 2 else 500)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def deaf() -> Iterator[int]:
    _Deaf.heard.clear()
    with HTTPServer(("127.0.0.1", 0), _Deaf) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_port
        server.shutdown()


def test_a_notice_is_sent_until_it_is_taken_signed_anew_by_the_key_in_use(deaf: int) -> None:
    merchant = Merchant("chuo", "x", {"old": "one word", "new": "another word"}, f"http://127.0.0.1:{deaf}/")
    delivery = Delivery({"chuo": merchant})
    delivery.tell("chuo", {"id": "evt"})
    for _ in range(5):
        for one in delivery.waiting:
            one.due = 0.0
        delivery.send_due()
    assert delivery.waiting == []
    assert len(_Deaf.heard) == 3
    assert all(",k=new," in signature for signature in _Deaf.heard)
