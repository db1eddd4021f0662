"""Notices: signed, sent, and sent again until they are taken; held back, doubled or turned round where a test asks."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import threading
import time
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from config.testpay.book import Merchant
from kernel import clock

LOOPBACK: Final = "127.0.0.1"
PATIENCE: Final = 10.0
FIRST_WAIT, LONGEST_WAIT = 0.2, 60.0
MOST_TRIES: Final = 50


@dataclass(slots=True)
class Notice:
    """One event on its way."""

    merchant: str
    body: bytes
    tries: int = 0
    due: float = 0.0


@dataclass(slots=True)
class Delivery:
    """All notices on their way. ``is_held``: they wait until somebody takes or sends them."""

    merchants: dict[str, Merchant]
    is_held: bool = False
    copies: int = 1
    waiting: list[Notice] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def tell(self, merchant: str, event: dict[str, Any]) -> None:
        """Have an event told."""
        body = json.dumps(event).encode()
        with self.lock:
            self.waiting += [Notice(merchant, body) for _ in range(self.copies)]

    def take(self) -> list[dict[str, str]]:
        """What waits, signed now, and no more sent: a test brings it itself."""
        with self.lock:
            taken, self.waiting = self.waiting, []
        return [
            {"merchant": one.merchant, "body": one.body.decode(), "signature": self.signature(one)} for one in taken
        ]

    def signature(self, notice: Notice) -> str:
        """Time, key and HMAC-SHA256 over time and body."""
        kid, secret = list(self.merchants[notice.merchant].hooks.items())[-1]
        stamp = str(int(clock.now().timestamp()))
        value = hmac.new(secret.encode(), f"{stamp}.".encode() + notice.body, hashlib.sha256).hexdigest()
        return f"t={stamp},k={kid},v={value}"

    def send_due(self) -> None:
        """Send what is due, in turn; what is not taken waits longer each time."""
        if self.is_held:
            return
        with self.lock:
            now = time.monotonic()
            due = [one for one in self.waiting if one.due <= now]
        for one in due:
            is_taken = 200 <= self._sent(one) < 300
            one.tries += 1
            one.due = time.monotonic() + min(FIRST_WAIT * 2**one.tries, LONGEST_WAIT)
            if is_taken or one.tries >= MOST_TRIES:
                with self.lock:
                    self.waiting = [other for other in self.waiting if other is not one]

    def _sent(self, notice: Notice) -> int:
        """The status, or 0 without an answer. It goes to this machine, whatever the host's name."""
        parts = urlsplit(self.merchants[notice.merchant].notify)
        connection = http.client.HTTPConnection(LOOPBACK, parts.port or 80, timeout=PATIENCE)
        headers = {
            "Host": parts.netloc,
            "Content-Type": "application/json",
            "X-Payment-Signature": self.signature(notice),
        }
        try:
            connection.request("POST", parts.path, notice.body, headers)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()
