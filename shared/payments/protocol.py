"""What the product asks of a payment provider. An adapter to a real one is a class that does these five things.

Nothing that passes here names a person: a reference without meaning, an amount, and 使用料 or 利用料金.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, Protocol


class EventKind(StrEnum):
    """What a provider tells of."""

    PAID = "paid"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REFUNDED = "refunded"
    REFUND_FAILED = "refund_failed"


@dataclass(frozen=True, slots=True)
class Credentials:
    """The secrets of one contract: what signs our requests, and the keys by id that may sign a notice to us."""

    api: str = field(repr=False)
    hooks: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Session:
    """A payment to begin: ``amount`` in yen, ``purpose`` 使用料 or 利用料金, and where the payer comes back to."""

    reference: str
    amount: int
    purpose: str
    expires_at: dt.datetime
    return_url: str


@dataclass(frozen=True, slots=True)
class Begun:
    """A session that the provider has opened: its own name of it, and the page to send the payer to."""

    provider_ref: str
    url: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at the provider; ``id`` is the same however often it is told.

    ``payment`` is the provider's name of the payment, which a refund names; ``refund`` our key of a refund.
    """

    id: str
    kind: EventKind
    reference: str
    amount: int
    at: dt.datetime
    method: str = ""
    payment: str = ""
    refund: str = ""


class ProviderDownError(Exception):
    """The provider does not answer, or not in a way that can be understood: to be tried again."""


class ProviderRefusedError(Exception):
    """The provider understood and refused; trying again changes nothing. ``code`` is its short word for why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code[:40]


class BadNoticeError(Exception):
    """A notice that is not signed as it must be, is too old, or makes no sense. ``why`` is a short code."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Provider(Protocol):
    """One contract with one provider. Each method may be called twice with the same values and does it once."""

    label: ClassVar[str]
    """Its name as the settings show it."""
    header: ClassVar[str]
    """The header in which its notices carry their signature."""

    def begin(self, session: Session) -> Begun:
        """Open a session. ``ProviderDownError``, ``ProviderRefusedError``."""

    def verify(self, body: bytes, signature: str, *, now: dt.datetime) -> Event:
        """The event that a notice (webhook) tells of, if it is the provider's. ``BadNoticeError``."""

    def state(self, reference: str) -> Event | None:
        """What became of a session; None while it is open. ``ProviderDownError``, ``ProviderRefusedError``."""

    def close(self, reference: str) -> Event | None:
        """Let nobody pay a session any more; what became of it: that it ended, or that it was paid before.

        None while the provider works on it. ``ProviderDownError``, ``ProviderRefusedError``.
        """

    def refund(self, payment: str, amount: int, *, key: str) -> Event | None:
        """Give ``amount`` of a payment back, once for one ``key``; None while the provider works on it.

        ``ProviderDownError``, ``ProviderRefusedError``.
        """
