"""Figures that an application knows of a tenant's month, for the monthly monitoring.

An application names its functions in ``AppConfig.monitoring_facts = ("package.module:function", …)``. Each is called
as the tenant's role with ``(schema, month)``, ``month`` a ``Month``, and yields ``Fact``. A figure is about nobody in
particular: no name, number or address.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import override

from kernel.clock import at


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month in Tokyo."""

    first: dt.date

    @property
    def following(self) -> dt.date:
        """The first day of the next month."""
        return (self.first + dt.timedelta(days=32)).replace(day=1)

    @property
    def span(self) -> tuple[dt.datetime, dt.datetime]:
        """Begin and end as instants, half-open."""
        return at(self.first, dt.time()), at(self.following, dt.time())


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with its sentence: a lazy text in which ``{value}`` and ``values`` are filled in."""

    code: str
    value: int
    text: Promise
    wants_look: bool = False
    """Whether somebody should ask why (要確認)."""
    values: dict[str, Any] = field(default_factory=dict)

    def sentence(self, language: str) -> str:
        """The sentence in ``language``."""
        with override(language):
            return str(self.text).format(value=self.value, **self.values)


def facts_of(schema: str, month: dt.date) -> Iterator[Fact]:
    """What all applications know; as the tenant's role. A code that comes twice counts once, the first."""
    seen: set[str] = set()
    for function in _functions():
        for fact in import_string(function.replace(":", "."))(schema, Month(month)):
            if fact.code not in seen:
                seen.add(fact.code)
                yield fact


def _functions() -> Iterable[str]:
    for config in apps.get_app_configs():
        yield from getattr(config, "monitoring_facts", ())
