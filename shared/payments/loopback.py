"""The adapter to the test provider (``config.testpay``), and the example for one to a real provider."""

from __future__ import annotations

import datetime as dt
import http.client
import json
from typing import Any, ClassVar, Final
from urllib.parse import quote, urlsplit

from shared.payments.protocol import (
    BadNoticeError,
    Begun,
    Credentials,
    Event,
    EventKind,
    ProviderDownError,
    ProviderRefusedError,
    Session,
)
from shared.payments.signing import check

PATIENCE: Final = 10.0
"""Seconds that the provider may take to answer."""
MOST: Final = 65_536
"""Bytes of an answer."""
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


class LoopbackProvider:
    """Speaks JSON over HTTP to a provider on this machine, and refuses to speak to any other."""

    label: ClassVar[str] = "試験用の決済（このコンピューターの中だけ）"
    header: ClassVar[str] = "X-Payment-Signature"

    def __init__(self, base: str, merchant: str, credentials: Credentials) -> None:
        parts = urlsplit(base)
        if parts.hostname not in LOOPBACK:
            raise ValueError("the test provider is on this machine")
        self._host, self._port, self._merchant, self._keys = parts.hostname, parts.port or 80, merchant, credentials

    def begin(self, session: Session) -> Begun:
        """Open a session under its reference: asked again, the provider answers with the same one."""
        said = self._ask(
            "POST",
            "/v1/sessions",
            {
                "reference": session.reference,
                "amount": session.amount,
                "currency": "JPY",
                "purpose": session.purpose,
                "expires_at": session.expires_at.isoformat(),
                "return_url": session.return_url,
            },
            key=session.reference,
        )
        return Begun(_text(said, "id"), _text(said, "url"))

    def verify(self, body: bytes, signature: str, *, now: dt.datetime) -> Event:
        """The event in a notice whose signature holds."""
        check(body, signature, keys=self._keys.hooks, now=now)
        try:
            return _event(json.loads(body))
        except (ValueError, KeyError, TypeError):
            raise BadNoticeError("body") from None

    def state(self, reference: str) -> Event | None:
        """What became of a session."""
        said = self._ask("GET", f"/v1/sessions/{quote(reference)}")
        return self._understood(said.get("event"))

    def close(self, reference: str) -> Event | None:
        """End a session that is open; of one that is paid or over, what became of it."""
        said = self._ask("POST", f"/v1/sessions/{quote(reference)}/close", {}, key=reference)
        return self._understood(said.get("event"))

    def refund(self, payment: str, amount: int, *, key: str) -> Event | None:
        """Give money back."""
        said = self._ask("POST", "/v1/refunds", {"payment": payment, "amount": amount, "reference": key}, key=key)
        return self._understood(said.get("event"))

    def _understood(self, told: Any) -> Event | None:
        try:
            return None if told is None else _event(told)
        except (ValueError, KeyError, TypeError):
            raise ProviderDownError from None

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None, *, key: str = "") -> dict[str, Any]:
        headers = {
            "Authorization": f"Bearer {self._keys.api}",
            "X-Merchant": self._merchant,
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        connection = http.client.HTTPConnection(self._host, self._port, timeout=PATIENCE)
        try:
            connection.request(method, path, json.dumps(body) if body is not None else None, headers)
            answer = connection.getresponse()
            status, said = answer.status, json.loads(answer.read(MOST) or b"{}")
        except (OSError, http.client.HTTPException, ValueError):
            raise ProviderDownError from None
        finally:
            connection.close()
        if not isinstance(said, dict) or status >= 500:
            raise ProviderDownError
        if status >= 400:
            raise ProviderRefusedError(str(said.get("error", status)))
        return said


def _text(said: dict[str, Any], name: str) -> str:
    value = said.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= 500:
        raise ProviderDownError
    return value


def _event(told: dict[str, Any]) -> Event:
    """``KeyError``, ``TypeError`` or ``ValueError`` for what is none."""
    amount, at = told["amount"], dt.datetime.fromisoformat(told["at"])
    if type(amount) is not int or not 0 <= amount <= 100_000_000 or at.tzinfo is None:
        raise ValueError(told["kind"])
    texts = {name: told.get(name, "") for name in ("id", "reference", "method", "payment", "refund")}
    if not all(isinstance(text, str) and len(text) <= 64 and "\0" not in text for text in texts.values()):
        raise ValueError(told["kind"])
    if not texts["id"] or not texts["reference"]:
        raise ValueError(told["kind"])
    return Event(kind=EventKind(told["kind"]), amount=amount, at=at, **texts)
