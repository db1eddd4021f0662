"""Limits on how often something is tried (試行回数の制限), counted in the cache under keyed hashes.

A key never holds an address, a login or a number in clear. What is counted is always narrowed by who asks, so that
nobody can use up another's tries.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import structlog
from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from kernel.errors import DomainError

log = structlog.get_logger(__name__)
MINUTE: Final = 60


class TooOftenError(DomainError):
    """Tried more often than is allowed; ``minutes`` says when it may be tried again at the latest."""

    code = "tried_too_often"
    status = 429


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``tries`` within ``minutes``, of the thing called ``name`` (no spaces)."""

    name: str
    tries: int
    minutes: int

    def check(self, *who: object) -> None:
        """``TooOftenError`` if ``who`` has used up the tries; counts nothing."""
        if self._count(who, add=0) >= self.tries:
            raise TooOftenError(minutes=self.minutes)

    def count(self, *who: object) -> None:
        """Count one try of ``who``; ``TooOftenError`` if it is one too many."""
        if self._count(who, add=1) > self.tries:
            raise TooOftenError(minutes=self.minutes)

    def allows(self, *who: object) -> bool:
        """Count one try of ``who``, and tell whether it is within the limit, for what is left out silently."""
        return self._count(who, add=1) <= self.tries

    def _count(self, who: tuple[object, ...], *, add: int) -> int:
        key = f"limit:{self.name}:{keyed(*who)}"
        try:
            cache.add(key, 0, self.minutes * MINUTE)
            number: int = cache.incr(key, add) if add else cache.get(key, 0)
        except (RedisError, ValueError) as error:  # a cache that is away must not lock everybody out
            log.warning("a limit could not be counted", limit=self.name, error=type(error).__name__)
            return 0
        return number


def keyed(*parts: object) -> str:
    """A hash of ``parts`` under the server's key: the same for the same parts, and telling nothing of them."""
    return _keyed(parts, settings.SECRET_KEY)


def keyed_with_each(*parts: object) -> list[str]:
    """The hashes of ``parts`` under the server's key and under those of before, for what was kept for long."""
    return [_keyed(parts, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _keyed(parts: tuple[object, ...], key: str) -> str:
    text = "\n".join(str(part) for part in parts)
    return salted_hmac("shared.throttle", text, secret=key, algorithm="sha256").hexdigest()
