"""What other applications have to say or to do when a registration is closed: named in their ``AppConfig``.

``closing_obstacles``: paths ``module:function`` of ``(registrant: UUID) -> list[Obstacle]``. ``at_closing``: paths of
functions that take a ``Closing`` and run in the transaction in which the closing takes effect.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pkgutil import resolve_name
from typing import Any
from uuid import UUID

from django.apps import apps

from apps.registrants.errors import Obstacle
from shared.actor import Actor


@dataclass(frozen=True, slots=True)
class Closing:
    """A registration that is closed from ``effective_on`` on, which is today or before."""

    registrant: UUID
    cause: str
    """A ``CloseCause``."""
    effective_on: dt.date
    actor: Actor


def closing_obstacles(registrant: UUID) -> list[Obstacle]:
    """All that stands in the way of closing, from every application; a statement or two for each."""
    return [obstacle for function in named("closing_obstacles") for obstacle in function(registrant)]


def run_at_closing(closing: Closing) -> None:
    """Have every application do what goes with a closing."""
    for function in named("at_closing"):
        function(closing)


@cache
def named(attribute: str) -> tuple[Callable[..., Any], ...]:
    """The functions that the applications name in ``attribute``, in the order of installation."""
    paths = [path for config in apps.get_app_configs() for path in getattr(config, attribute, ())]
    return tuple(resolve_name(path) for path in paths)
