"""A bounded memory of results that are named by everything they depend on."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """The ``at_most`` results used last, for all threads of a process. A key says all that its result depends on."""

    def __init__(self, *, at_most: int) -> None:
        self._at_most = at_most
        self._results: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> T | None:
        """The result under ``key``, or None."""
        with self._lock:
            result = self._results.get(key)
            if result is not None:
                self._results.move_to_end(key)
        return result

    def put(self, key: Hashable, result: T) -> T:
        """Keep ``result``, let go of the one used longest ago, and return ``result``."""
        with self._lock:
            self._results[key] = result
            if len(self._results) > self._at_most:
                self._results.popitem(last=False)
        return result
