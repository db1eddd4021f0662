"""Which rows go with a person from one record to the other: all that point to a registrant, but what stays.

An application that has rows about the record itself names them in ``AppConfig.stays_at_merge``, as ``app.model.field``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import ForeignObjectRel, QuerySet

from apps.registrants.models import Registrant


@dataclass(frozen=True, slots=True)
class Movable:
    """Rows of ``model`` whose ``field`` names a registrant."""

    model: type[models.Model]
    field: str

    @property
    def label(self) -> str:
        """``app.model.field``."""
        return f"{self.model._meta.label_lower}.{self.field}"

    def rows(self, registrant: UUID) -> QuerySet[Any]:
        """Those that name ``registrant``."""
        return self.model._base_manager.filter(**{self.field: registrant}).order_by("pk")


def movables() -> list[Movable]:
    """Every kind of rows that moves at a merge."""
    stays = {label for config in apps.get_app_configs() for label in getattr(config, "stays_at_merge", ())}
    return [one for one in pointing() if one.label not in stays]


def pointing() -> list[Movable]:
    """Every kind of rows that names a registrant, whether or not it has a name there."""
    fields = [one for one in Registrant._meta.get_fields(include_hidden=True) if isinstance(one, ForeignObjectRel)]
    return [Movable(one.related_model, one.field.name) for one in fields]


def lock_rows(registrant: UUID) -> None:
    """Lock what will move, before the registrant: whoever works on a booking locks it before its registrant."""
    for one in movables():
        list(one.rows(registrant).select_for_update(of=("self",)).values_list("pk", flat=True))


def move_rows(gone: UUID, kept: UUID) -> dict[str, list[str]]:
    """Let all rows of ``gone`` be ``kept``'s; label -> their ids."""
    moved: dict[str, list[str]] = {}
    for one in movables():
        if ids := list(one.rows(gone).values_list("pk", flat=True)):
            one.model._base_manager.filter(pk__in=ids).update(**{one.field: kept})
            moved[one.label] = [str(pk) for pk in ids]
    return moved


def move_back(rows: Mapping[str, Iterable[str]], kept: UUID, gone: UUID) -> None:
    """Give ``gone`` back those of ``rows`` that are still ``kept``'s."""
    for one in movables():
        one.rows(kept).filter(pk__in=list(rows.get(one.label, ()))).order_by().update(**{one.field: gone})
