"""What the city may set about from where a desk is reached, and whom a change would lock out. No Django."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Collection, Iterable
from ipaddress import IPv6Network, ip_interface
from typing import Final

from apps.compliance.access_errors import (
    DaysBackwardsError,
    GrantTooLongError,
    HostBitsError,
    LocksOutError,
    MappedNetworkError,
    NobodyLeftError,
    NotAFingerprintError,
    NotANetworkError,
    ReasonTooShortError,
    WideNetworkError,
)
from tenants.access import GRANT_HOURS, MAPPED, Address, Network, Policy, Shown, Way, judge, read_fingerprint

LEAST_REASON: Final = 5
WIDE: Final = {4: 16, 6: 32}
"""By IP version: a network with a shorter prefix holds more addresses than anybody's line has."""
CODE_MINUTES: Final = 30
"""So long a terminal's one-time code is good."""
SEEN_DAYS: Final = 7


def network_of(text: str) -> Network:
    """The network that was typed; an address alone is a network of one.

    Raises ``NotANetworkError``, ``HostBitsError``, ``MappedNetworkError``.
    """
    typed = "".join(unicodedata.normalize("NFKC", text).split())
    try:
        read = ip_interface(typed)
    except ValueError:
        raise NotANetworkError(field="cidr") from None
    network: Network = read.network
    if isinstance(network, IPv6Network) and network.subnet_of(MAPPED):
        raise MappedNetworkError(field="cidr")
    if read.ip != network.network_address:
        raise HostBitsError(field="cidr", network=str(network))
    return network


def check_width(network: Network, *, confirmed: bool) -> None:
    """``WideNetworkError`` for a network that is very wide, unless somebody has confirmed it."""
    if network.prefixlen < WIDE[network.version] and not confirmed:
        raise WideNetworkError(field="cidr")


def check_days(first: dt.date, last: dt.date | None, today: dt.date) -> None:
    """``DaysBackwardsError`` for a last day before the first or before today."""
    if last is not None and last < max(first, today):
        raise DaysBackwardsError(field="ends_on")


def check_reason(text: str) -> str:
    """The reason without blanks around it. ``ReasonTooShortError``."""
    cleaned = " ".join(text.split())
    if len(cleaned) < LEAST_REASON:
        raise ReasonTooShortError(field="reason", least=LEAST_REASON)
    return cleaned


def check_hours(hours: int) -> dt.timedelta:
    """How long a grant lasts. ``GrantTooLongError``."""
    if not 1 <= hours <= GRANT_HOURS:
        raise GrantTooLongError(field="hours", hours=GRANT_HOURS)
    return dt.timedelta(hours=hours)


def check_fingerprint(text: str) -> str:
    """The SHA-256 fingerprint that was typed. ``NotAFingerprintError``."""
    found = read_fingerprint(unicodedata.normalize("NFKC", text))
    if not found:
        raise NotAFingerprintError(field="fingerprint")
    return found


def locked_out(before: Policy, after: Policy, seen: Iterable[Address], now: dt.datetime, day: dt.date) -> list[Address]:
    """Those of ``seen`` whose address alone lets them in by ``before`` and no longer by ``after``."""
    return [
        address
        for address in seen
        if judge(before, Shown(address), now, day).admitted and not judge(after, Shown(address), now, day).admitted
    ]


def check_nobody_is_locked_out(gone: Collection[Address], *, confirmed: bool) -> None:
    """``LocksOutError`` if anybody is, unless somebody has confirmed it."""
    if gone and not confirmed:
        raise LocksOutError(number=len(gone))


def check_somebody_is_left(
    ways: Collection[Way], registered: Collection[Way], *, needs_all: bool, confirmed: bool
) -> None:
    """``NobodyLeftError`` if nothing is registered by which anybody could meet ``ways``, unless it was confirmed."""
    lacking = set(ways) - set(registered)
    is_shut = bool(lacking) if needs_all else bool(ways) and lacking == set(ways)
    if is_shut and not confirmed:
        raise NobodyLeftError
