"""What waits for whoever works at a desk (待っている仕事), from all applications.

An application names its functions in ``AppConfig.reminders = ("package.module:function", …)``. Each is called as the
tenant's role with today's day and yields ``Reminder``, by a number of statements that no amount of rows changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from shared.staff.rights import Right


@dataclass(frozen=True, slots=True)
class Reminder:
    """So many of something wait, at an address, for whoever has the right to act on it."""

    count: int
    text: str | Promise
    address: str
    right: Right
    is_urgent: bool = False


def reminders_of(today: dt.date, rights: Iterable[Right]) -> list[Reminder]:
    """All that waits for somebody with ``rights``, what is urgent first; nothing stands for none."""
    held = frozenset(rights)
    found = [one for function in _functions() for one in import_string(function.replace(":", "."))(today)]
    return sorted((one for one in found if one.count and one.right in held), key=lambda one: not one.is_urgent)


def _functions() -> Iterable[str]:
    for config in apps.get_app_configs():
        yield from getattr(config, "reminders", ())
