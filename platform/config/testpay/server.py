"""The provider's server: its interface for merchants, its payment page, and controls for tests."""

from __future__ import annotations

import hmac
import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

from config.testpay import pages
from config.testpay.book import Book, Merchant, RefusedError
from config.testpay.delivery import LOOPBACK, Delivery

LONGEST: Final = 16_384
PULSE: Final = 0.05
"""Seconds between two looks at what is due."""
CLOSE: Final = re.compile(r"/v1/sessions/([^/]+)/close")
ACTS: Final = {"fail": "failed", "cancel": "cancelled"}


class Provider(ThreadingHTTPServer):
    """The server with what it knows. ``control`` is the word that lets a test direct it; empty: nobody may."""

    daemon_threads = True

    def __init__(self, port: int, merchants: Mapping[str, Merchant], control: str = "") -> None:
        super().__init__((LOOPBACK, port), Handler)
        self.control, self.is_down = control, False
        self.delivery = Delivery(dict(merchants))
        self.book = Book(self.delivery.tell)

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Sessions end and notices go out during the block."""
        is_over = threading.Event()

        def beat() -> None:
            while not is_over.wait(PULSE):
                self.book.expire_due()
                self.delivery.send_due()

        thread = threading.Thread(target=beat, daemon=True)
        thread.start()
        try:
            yield
        finally:
            is_over.set()
            thread.join()


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Provider

    def do_GET(self) -> None:  # the name that the standard library calls
        self._answer(self._get)

    def do_POST(self) -> None:
        self._answer(self._post)

    def _answer(self, act: Any) -> None:
        path = urlsplit(self.path).path
        if self.server.is_down and path != "/control":
            self._json(503, {"error": "down"})
            return
        try:
            act(path)
        except RefusedError as refused:
            if path.startswith("/pay/"):
                self._page(refused.status, pages.told("お探しの支払いはありません。"))
            else:
                self._json(refused.status, {"error": refused.code})

    def _get(self, path: str) -> None:
        if path == "/":
            self._page(200, pages.told("試験用の決済サービスが動いています。"))
        elif path.startswith("/pay/"):
            self._page(200, pages.page_of(self.server.book.page(path.removeprefix("/pay/"))))
        elif path.startswith("/v1/sessions/"):
            reference = unquote(path.removeprefix("/v1/sessions/"))
            one = self.server.book.found(self._merchant(), reference)
            self._json(200, {"id": one.id, "state": one.state, "event": one.event})
        else:
            raise RefusedError(404, "nothing_here")

    def _post(self, path: str) -> None:
        if path.startswith("/pay/"):
            self._pay(path.removeprefix("/pay/"))
        elif path == "/v1/sessions":
            one = self.server.book.begin(self._merchant(), self._body())
            self._json(200, {"id": one.id, "url": f"http://{LOOPBACK}:{self.server.server_port}/pay/{one.id}"})
        elif (found := CLOSE.fullmatch(path)) is not None:
            one = self.server.book.close(self._merchant(), unquote(found[1]))
            self._json(200, {"id": one.id, "state": one.state, "event": one.event})
        elif path == "/v1/refunds":
            key = self.headers.get("Idempotency-Key", "")
            self._json(200, self.server.book.refund(self._merchant(), self._body(), key))
        elif path == "/control":
            self._json(200, self._directed(self._body()))
        else:
            raise RefusedError(404, "nothing_here")

    def _pay(self, id_: str) -> None:
        one, form = self.server.book.page(id_), parse_qs(self._read().decode("utf-8", "replace"))
        act, method = form.get("act", [""])[0], form.get("method", ["card"])[0]
        if act == "pay":
            self.server.book.pay(one, method)
        elif act in ACTS:
            self.server.book.end(one, ACTS[act])
        self.send_response(303)
        self.send_header("Location", one.return_url)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _directed(self, wish: Mapping[str, Any]) -> dict[str, Any]:
        """What a test asks for; it says what came of it."""
        word = self.headers.get("X-Control", "")
        if not self.server.control or not hmac.compare_digest(word, self.server.control):
            raise RefusedError(403, "control")
        delivery, book = self.server.delivery, self.server.book
        delivery.is_held = bool(wish.get("hold", delivery.is_held))
        delivery.copies = int(wish.get("copies", delivery.copies))
        self.server.is_down = bool(wish.get("down", self.server.is_down))
        book.refunds_mode = str(wish.get("refunds", book.refunds_mode))
        for name, url in wish.get("notify", {}).items():
            delivery.merchants[name] = replace(delivery.merchants[name], notify=url)
        for name, hooks in wish.get("rotate", {}).items():
            delivery.merchants[name] = replace(delivery.merchants[name], hooks=hooks)
        if "pay" in wish:
            one = book.found(wish["merchant"], wish["pay"])
            book.pay(one, wish.get("method", "card"), amount=wish.get("amount"))
        if "end" in wish:
            book.end(book.found(wish["merchant"], wish["end"]), wish["state"])
        if "finish" in wish:
            book.finish_refund(wish["merchant"], wish["finish"])
        return {"notices": delivery.take() if wish.get("take") else [], "waiting": len(delivery.waiting)}

    def _merchant(self) -> str:
        name = self.headers.get("X-Merchant", "")
        known = self.server.delivery.merchants.get(name)
        if known is None or not hmac.compare_digest(self.headers.get("Authorization", ""), f"Bearer {known.api}"):
            raise RefusedError(401, "credentials")
        return name

    def _read(self) -> bytes:
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > LONGEST:
            raise RefusedError(413, "too_long")
        return self.rfile.read(int(length))

    def _body(self) -> dict[str, Any]:
        try:
            said = json.loads(self._read())
        except ValueError:
            raise RefusedError(400, "json") from None
        if not isinstance(said, dict):
            raise RefusedError(400, "json")
        return said

    def _json(self, status: int, said: Mapping[str, Any]) -> None:
        self._send(status, json.dumps(said).encode(), "application/json")

    def _page(self, status: int, text: str) -> None:
        self._send(status, text.encode(), "text/html; charset=utf-8")

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the standard library's name
        """Say nothing: an address of a payment page is not for a log."""
