"""What other applications have to say or to do when a registration is closed or merged: named in their ``AppConfig``.

``closing_obstacles``: paths ``module:function`` of ``(registrant: UUID) -> list[Obstacle]``. ``at_closing``: paths of
functions that take a ``Closing`` and run in the transaction in which the closing takes effect.

``merge_warnings``: paths of ``(one: UUID, other: UUID) -> list[Obstacle]``: what does not hinder a merge but should be
looked at. ``at_merge``: paths of functions that take a ``Merging`` and run in its transaction, after the rows moved.

``own_matters``: paths of ``(registrant: UUID, today: date) -> list[Matter]``: what else the facility holds that the
registrant sees at the portal. They and ``closing_obstacles`` run there too, and read what the portal's role may read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pkgutil import resolve_name
from typing import Any
from uuid import UUID

from django.apps import apps

from apps.registrants.errors import Obstacle
from apps.registrants.queries.own import Matter
from shared.actor import Actor


@dataclass(frozen=True, slots=True)
class Closing:
    """A registration that is closed from ``effective_on`` on, which is today or before."""

    registrant: UUID
    cause: str
    """A ``CloseCause``."""
    effective_on: dt.date
    actor: Actor


@dataclass(frozen=True, slots=True)
class Merging:
    """``gone`` was merged into ``kept`` at a moment, with what moved (label -> ids), or is parted from it again."""

    kept: UUID
    gone: UUID
    at: dt.datetime
    moved: Mapping[str, Sequence[str]]
    is_parting: bool = False


def closing_obstacles(registrant: UUID) -> list[Obstacle]:
    """All that stands in the way of closing, from every application; a statement or two for each."""
    return [obstacle for function in named("closing_obstacles") for obstacle in function(registrant)]


def own_matters(registrant: UUID, today: dt.date) -> list[Matter]:
    """What every application has to tell the registrant at the portal; a statement or two for each."""
    return [matter for function in named("own_matters") for matter in function(registrant, today)]


def run_at_closing(closing: Closing) -> None:
    """Have every application do what goes with a closing."""
    for function in named("at_closing"):
        function(closing)


def merge_warnings(one: UUID, other: UUID) -> list[Obstacle]:
    """What should be looked at when two records become one; a statement or two for each application."""
    return [warning for function in named("merge_warnings") for warning in function(one, other)]


def run_at_merge(merging: Merging) -> None:
    """Have every application do what goes with a merge, or with its undoing."""
    for function in named("at_merge"):
        function(merging)


@cache
def named(attribute: str) -> tuple[Callable[..., Any], ...]:
    """The functions that the applications name in ``attribute``, in the order of installation."""
    paths = [path for config in apps.get_app_configs() for path in getattr(config, attribute, ())]
    return tuple(resolve_name(path) for path in paths)
