"""What the provider knows: sessions, payments, refunds, and what is to be told of them."""

from __future__ import annotations

import datetime as dt
import re
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kernel import clock

FIELDS: Final = {"reference", "amount", "currency", "purpose", "expires_at", "return_url"}
PURPOSES: Final = frozenset({"使用料", "利用料金"})
REFERENCE: Final = re.compile(r"[A-Za-z0-9_-]{20,43}")
MOST_YEN: Final = 10_000_000
METHODS: Final = frozenset({"card", "code"})
ENDS: Final = frozenset({"failed", "cancelled", "expired"})


class RefusedError(Exception):
    """A request that makes no sense: the status and a short word for why."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


@dataclass(frozen=True, slots=True)
class Merchant:
    """One contract: the secret of its requests, the keys that sign notices (the last is in use), where they go."""

    name: str
    api: str = field(repr=False)
    hooks: Mapping[str, str] = field(repr=False)
    notify: str


@dataclass(slots=True)
class Payable:
    """A session."""

    merchant: str
    id: str
    reference: str
    amount: int
    purpose: str
    expires_at: dt.datetime
    return_url: str
    state: str = "open"
    payment: str = ""
    refunded: int = 0
    event: dict[str, Any] | None = None


@dataclass(slots=True)
class Book:
    """Everything, under one lock. ``tell`` gets the merchant's name and each event once."""

    tell: Callable[[str, dict[str, Any]], None]
    refunds_mode: str = "now"
    lock: threading.RLock = field(default_factory=threading.RLock)
    by_id: dict[str, Payable] = field(default_factory=dict)
    by_reference: dict[tuple[str, str], Payable] = field(default_factory=dict)
    refunds: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def begin(self, merchant: str, asked: Mapping[str, Any]) -> Payable:
        """Open a session; the same reference again gives the same one, if it asks for the same."""
        with self.lock:
            new = _read(merchant, asked)
            held = self.by_reference.get((merchant, new.reference))
            if held is not None:
                if (held.amount, held.purpose) != (new.amount, new.purpose):
                    raise RefusedError(409, "reference_used")
                return held
            self.by_id[new.id] = self.by_reference[merchant, new.reference] = new
            return new

    def found(self, merchant: str, reference: str) -> Payable:
        """A merchant's session."""
        with self.lock:
            if (merchant, reference) not in self.by_reference:
                raise RefusedError(404, "unknown_session")
            return self.by_reference[merchant, reference]

    def page(self, id_: str) -> Payable:
        """The session of a payment page."""
        with self.lock:
            if id_ not in self.by_id:
                raise RefusedError(404, "unknown_session")
            return self.by_id[id_]

    def pay(self, one: Payable, method: str, *, amount: int | None = None) -> None:
        """The payer pays; ``amount`` differs only where a test wants a provider that is wrong."""
        with self.lock:
            if method not in METHODS:
                raise RefusedError(400, "method")
            if one.state != "open":
                return
            one.state, one.payment = "paid", f"pay_{secrets.token_hex(12)}"
            self._happened(one, "paid", amount=one.amount if amount is None else amount, method=method)

    def end(self, one: Payable, state: str) -> None:
        """It failed, the payer gave up, or its time is over."""
        with self.lock:
            if state in ENDS and one.state == "open":
                one.state = state
                self._happened(one, state, amount=one.amount)

    def close(self, merchant: str, reference: str) -> Payable:
        """The merchant wants it paid no more; one that is paid or over stays so."""
        with self.lock:
            one = self.found(merchant, reference)
            self.end(one, "cancelled")
            return one

    def expire_due(self) -> None:
        """End what is over."""
        with self.lock:
            now = clock.now()
            for one in list(self.by_id.values()):
                if one.state == "open" and one.expires_at <= now:
                    self.end(one, "expired")

    def refund(self, merchant: str, asked: Mapping[str, Any], key: str) -> dict[str, Any]:
        """Give back, once for a key: ``event`` is None while it is worked on."""
        with self.lock:
            _check_refund(asked, key)
            held = self.refunds.get((merchant, key)) or self._new_refund(merchant, asked["payment"], asked["amount"])
            if (held["payment"], held["amount"]) != (asked["payment"], asked["amount"]):
                raise RefusedError(409, "key_used")
            if (merchant, key) not in self.refunds:
                self.refunds[merchant, key] = held
                if self.refunds_mode != "later":
                    self.finish_refund(merchant, key)
            return held

    def _new_refund(self, merchant: str, payment: Any, amount: Any) -> dict[str, Any]:
        """What is to be given back of a payment that still has so much."""
        mine = (one for one in self.by_id.values() if one.merchant == merchant and one.payment == payment)
        paid = next(mine, None) if payment else None
        if paid is None:
            raise RefusedError(404, "unknown_payment")
        if type(amount) is not int or not 0 < amount <= paid.amount - paid.refunded:
            raise RefusedError(422, "amount")
        return {"payment": payment, "amount": amount, "event": None}

    def finish_refund(self, merchant: str, key: str) -> None:
        """A refund that was worked on is done, or could not be."""
        with self.lock:
            made = self.refunds[merchant, key]
            if made["event"] is None:
                one = next(one for one in self.by_id.values() if one.payment == made["payment"])
                is_failing = self.refunds_mode == "fail"
                one.refunded += 0 if is_failing else made["amount"]
                kind = "refund_failed" if is_failing else "refunded"
                event = self._event(one, kind, amount=made["amount"], refund=key)
                made["event"] = event
                self.tell(merchant, event)

    def _happened(self, one: Payable, kind: str, *, amount: int, method: str = "") -> None:
        event = self._event(one, kind, amount=amount, method=method)
        one.event = event
        self.tell(one.merchant, event)

    def _event(self, one: Payable, kind: str, *, amount: int, method: str = "", refund: str = "") -> dict[str, Any]:
        return {
            "id": f"evt_{secrets.token_hex(12)}",
            "kind": kind,
            "reference": one.reference,
            "amount": amount,
            "at": clock.now().isoformat(),
            "method": method,
            "payment": one.payment,
            "refund": refund,
        }


def _check_refund(asked: Mapping[str, Any], key: str) -> None:
    """The fields of a refund, under its own reference as the key."""
    if set(asked) != {"payment", "amount", "reference"} or not key or asked["reference"] != key:
        raise RefusedError(400, "fields")


def _read(merchant: str, asked: Mapping[str, Any]) -> Payable:
    if set(asked) != FIELDS or not all(isinstance(asked[name], str) for name in FIELDS - {"amount"}):
        raise RefusedError(400, "fields")
    if type(asked["amount"]) is not int or not 0 < asked["amount"] <= MOST_YEN or asked["currency"] != "JPY":
        raise RefusedError(422, "amount")
    if not REFERENCE.fullmatch(asked["reference"]) or asked["purpose"] not in PURPOSES:
        raise RefusedError(422, "reference")
    if not asked["return_url"].startswith(("http://", "https://")):
        raise RefusedError(422, "return_url")
    try:
        until = dt.datetime.fromisoformat(asked["expires_at"])
    except ValueError:
        raise RefusedError(422, "expires_at") from None
    if until.tzinfo is None:
        raise RefusedError(422, "expires_at")
    return Payable(
        merchant,
        f"cs_{secrets.token_hex(16)}",
        asked["reference"],
        asked["amount"],
        asked["purpose"],
        until,
        asked["return_url"],
    )
