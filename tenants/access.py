"""From where a site may be reached (接続元): what a request shows, held against what the tenant asks. No Django.

Domain handbook 8.1: address ranges, registered terminals and client certificates, chosen per tenant; an emergency grant
opens for a while whatever is asked.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, Final
from uuid import UUID

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

MAPPED: Final = IPv6Network("::ffff:0:0/96")
"""IPv4 addresses as a socket for both families writes them."""
FINGERPRINT: Final = re.compile(r"[0-9a-f]{64}")
GRANT_HOURS: Final = 72
"""An emergency grant lasts so long at most."""


class Way(StrEnum):
    """By what a request is let in."""

    NETWORK = "network"
    TERMINAL = "terminal"
    CERTIFICATE = "certificate"
    GRANT = "grant"


ASKABLE: Final = (Way.NETWORK, Way.TERMINAL, Way.CERTIFICATE)
"""What a tenant may ask for; a grant is given."""


@dataclass(frozen=True, slots=True)
class Range:
    """An address range (接続元の範囲), from the first through the last day, or without end."""

    network: Network
    first: dt.date | None = None
    last: dt.date | None = None

    def holds(self, address: Address | None, day: dt.date) -> bool:
        """Whether ``address`` lies in it on ``day``."""
        has_begun = self.first is None or self.first <= day
        return has_begun and (self.last is None or day <= self.last) and _is_in(address, self.network)


@dataclass(frozen=True, slots=True)
class Grant:
    """An emergency grant (緊急許可): a half-open span of instants, for one range or, without one, from anywhere."""

    starts: dt.datetime
    ends: dt.datetime
    network: Network | None = None

    def holds(self, address: Address | None, now: dt.datetime) -> bool:
        """Whether it opens for ``address`` now."""
        return self.starts <= now < self.ends and (self.network is None or _is_in(address, self.network))


@dataclass(frozen=True, slots=True)
class KnownTerminal:
    """A registered terminal (登録端末), and the day on which it was seen last."""

    id: UUID
    seen_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """What a tenant asks of a request. Without ways it is open to everybody."""

    ways: frozenset[Way] = frozenset()
    needs_all: bool = False
    """Whether every way of ``ways`` must be shown; else one of them is enough."""
    ranges: tuple[Range, ...] = ()
    terminals: Mapping[str, KnownTerminal] = field(default_factory=dict)
    """By the SHA-256 of the token in its cookie."""
    certificates: Mapping[str, dt.date | None] = field(default_factory=dict)
    """SHA-256 fingerprint -> the last day."""
    grants: tuple[Grant, ...] = ()
    enrols_until: dt.datetime | None = None
    """Until when a terminal's one-time code may be typed in."""

    def is_enrolling(self, now: dt.datetime) -> bool:
        """Whether a one-time code is open."""
        return self.enrols_until is not None and now < self.enrols_until


OPEN: Final = Policy()
SHUT: Final = Policy(ways=frozenset({Way.NETWORK}))
"""Nobody comes in."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a request shows: its address, the hash of its terminal's token, the fingerprint of its certificate."""

    address: Address | None = None
    terminal: str = ""
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a request is let in, by which ways, and from which registered terminal it came, if any."""

    admitted: bool
    ways: frozenset[Way] = frozenset()
    terminal: KnownTerminal | None = None


def judge(policy: Policy, shown: Shown, now: dt.datetime, day: dt.date) -> Verdict:
    """Hold ``shown`` against ``policy``; ``day`` is the day of ``now`` in Tokyo."""
    terminal = policy.terminals.get(shown.terminal) if shown.terminal else None
    fitting = _fitting(policy, shown, day, terminal)
    asked = policy.ways & fitting
    enough = asked == policy.ways if policy.needs_all else bool(asked)
    if not policy.ways or enough:
        return Verdict(admitted=True, ways=asked, terminal=terminal)
    if any(grant.holds(shown.address, now) for grant in policy.grants):
        return Verdict(admitted=True, ways=frozenset({Way.GRANT}), terminal=terminal)
    return Verdict(admitted=False, terminal=terminal)


def _fitting(policy: Policy, shown: Shown, day: dt.date, terminal: KnownTerminal | None) -> frozenset[Way]:
    found = set()
    if any(one.holds(shown.address, day) for one in policy.ranges):
        found.add(Way.NETWORK)
    if terminal is not None:
        found.add(Way.TERMINAL)
    if shown.certificate in policy.certificates:
        last = policy.certificates[shown.certificate]
        found |= {Way.CERTIFICATE} if last is None or day <= last else set()
    return frozenset(found)


def read_address(text: str) -> Address | None:
    """The address in ``text``, or None; an IPv4 address in IPv6 clothes is the IPv4 address, a zone is left out."""
    try:
        address = ip_address(text.strip().partition("%")[0])
    except ValueError:
        return None
    return address.ipv4_mapped or address if isinstance(address, IPv6Address) else address


def read_fingerprint(text: str) -> str:
    """A SHA-256 fingerprint in 64 small hexadecimal figures, however it was grouped; empty for anything else."""
    bare = re.sub(r"[:\s]", "", text).lower()
    return bare if FINGERPRINT.fullmatch(bare) else ""


def policy_from(said: Mapping[str, Any]) -> Policy:
    """The policy in the JSON of ``gate.access()``."""
    return Policy(
        ways=frozenset(Way(way) for way in said["ways"]),
        needs_all=said["needs_all"],
        ranges=tuple(Range(ip_network(text), _day(first), _day(last)) for text, first, last in said["ranges"]),
        terminals={token: KnownTerminal(UUID(key), _day(seen)) for token, key, seen in said["terminals"]},
        certificates={fingerprint: _day(last) for fingerprint, last in said["certificates"]},
        grants=tuple(
            Grant(
                dt.datetime.fromisoformat(starts), dt.datetime.fromisoformat(ends), ip_network(text) if text else None
            )
            for text, starts, ends in said["grants"]
        ),
        enrols_until=dt.datetime.fromisoformat(said["enrols_until"]) if said["enrols_until"] else None,
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _is_in(address: Address | None, network: Network) -> bool:
    return address is not None and address.version == network.version and address in network
