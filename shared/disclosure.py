"""What is held about one person, gathered from every application (開示): each names its part in ``AppConfig``.

``disclosures``: ``"module:function"`` names; a function takes a registrant's id, runs in the tenant's schema and gives
sections. ``disclosure_titles``: the headings of all sections that it may give, so that the city can name the parts that
it grants without seeing them. ``disclosed``: the models (``app.model``, lower case) that they tell. ``undisclosed``:
models that point to a registrant and are not told, each with the reason; a test fails for one that is in neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from uuid import UUID

from django.apps import apps


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and a table below it. Everything is text, as a person reads it."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


Teller = Callable[[UUID], list[Section]]


def sections_of(registrant: UUID) -> list[Section]:
    """All that is held about ``registrant`` in the schema of the unit of work."""
    return [section for teller in _tellers() for section in teller(registrant)]


def section_titles() -> tuple[str, ...]:
    """The headings of all sections, in the order in which they are told."""
    configs = apps.get_app_configs()
    return tuple(title for config in configs for title in getattr(config, "disclosure_titles", ()))


def disclosed_models() -> frozenset[str]:
    """Models that are told, as ``app.model``."""
    return frozenset(name for config in apps.get_app_configs() for name in getattr(config, "disclosed", ()))


def undisclosed_models() -> Mapping[str, str]:
    """Models that are not told -> why."""
    return {name: why for config in apps.get_app_configs() for name, why in getattr(config, "undisclosed", {}).items()}


def _tellers() -> Iterator[Teller]:
    for config in apps.get_app_configs():
        for named in getattr(config, "disclosures", ()):
            module, function = named.split(":")
            yield getattr(import_module(module), function)
