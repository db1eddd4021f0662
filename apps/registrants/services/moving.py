"""Which rows go with a person from one record to the other at a merge.

Every kind of rows that points to a registrant is named by its application, as ``app.model.field``: in
``AppConfig.moves_at_merge``, with the word for it, or in ``AppConfig.stays_at_merge``; a test fails for one that is in
neither. They are locked in the order of ``moves_at_merge``, in which everybody else locks them too (a series before its
bookings), and before the registrant, but for those in ``AppConfig.locked_after_registrant``.
``AppConfig.follows_at_parting`` names rows that were written after the merge, and go back with what they are about:
``app.model.field`` -> the field that leads there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, ForeignObjectRel, OuterRef, Q, QuerySet, UniqueConstraint
from django.utils.functional import Promise

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

    def without_place(self, gone: UUID, kept: UUID) -> QuerySet[Any]:
        """The rows of ``gone`` for which ``kept`` has one already that may be there only once."""
        found = self.rows(gone)
        clashing = self.model._base_manager.none().values("pk")
        for rule in self.model._meta.constraints:
            if isinstance(rule, UniqueConstraint) and self.field in rule.fields:
                same = found.filter(rule.condition or Q(), Exists(self._same(rule, kept)))
                clashing = clashing | same.order_by().values("pk")
        return found.filter(pk__in=clashing)

    def _same(self, rule: UniqueConstraint, kept: UUID) -> QuerySet[Any]:
        others = {name: OuterRef(name) for name in rule.fields if name != self.field}
        return self.rows(kept).filter(rule.condition or Q(), **others)


def words() -> dict[str, str | Promise]:
    """What moves: ``app.model.field`` -> the word for it, the applications that build on others first."""
    configs = reversed(list(apps.get_app_configs()))
    named: list[Mapping[str, str | Promise]] = [getattr(config, "moves_at_merge", {}) for config in configs]
    return {label: word for one in named for label, word in one.items()}


def movables() -> list[Movable]:
    """Every kind of rows that moves at a merge."""
    known = {one.label: one for one in pointing()}
    return [known[label] for label in words()]


def pointing() -> list[Movable]:
    """Every kind of rows that names a registrant, whether or not it has a name there."""
    fields = [one for one in Registrant._meta.get_fields(include_hidden=True) if isinstance(one, ForeignObjectRel)]
    return [Movable(one.related_model, one.field.name) for one in fields]


def lock_rows(registrant: UUID) -> None:
    """Lock what will move, before the registrant: whoever works on a booking locks it before its registrant.

    What is locked after the registrant is left to the move itself: what belongs to this application, since whoever
    works on a card locks its holder first, and what an application names as such.
    """
    late = _locked_late()
    for one in movables():
        if one.model._meta.app_label == Registrant._meta.app_label or one.label in late:
            continue
        list(one.rows(registrant).select_for_update(of=("self",)).values_list("pk", flat=True))


def move_rows(gone: UUID, kept: UUID) -> dict[str, list[str]]:
    """Let the rows of ``gone`` be ``kept``'s; label -> their ids. What ``kept`` has already stays where it is."""
    moved: dict[str, list[str]] = {}
    for one in movables():
        doubled = list(one.without_place(gone, kept).values_list("pk", flat=True))
        if ids := list(one.rows(gone).exclude(pk__in=doubled).values_list("pk", flat=True)):
            one.model._base_manager.filter(pk__in=ids).update(**{one.field: kept})
            moved[one.label] = [str(pk) for pk in ids]
    return moved


def move_back(rows: Mapping[str, Iterable[str]], kept: UUID, gone: UUID) -> None:
    """Give ``gone`` back those of ``rows`` that are still ``kept``'s, and what has been written about them since."""
    for one in movables():
        one.rows(kept).filter(pk__in=list(rows.get(one.label, ()))).order_by().update(**{one.field: gone})
    for label, leads in _following().items():
        one = next(movable for movable in movables() if movable.label == label)
        about = one.rows(kept).filter(**{f"{leads}__registrant": gone}).values_list("pk", flat=True)
        one.model._base_manager.filter(pk__in=list(about)).update(**{one.field: gone})


def counts_of(one: UUID, other: UUID) -> list[tuple[str | Promise, int, int]]:
    """Word, and how many of each kind of rows the two records have; kinds of which there are none are left out."""
    found = []
    for label, word in words().items():
        movable = next(kind for kind in movables() if kind.label == label)
        counted: dict[UUID, int] = defaultdict(int)
        rows = movable.model._base_manager.filter(**{f"{movable.field}__in": [one, other]})
        counted |= dict(rows.order_by().values_list(movable.field).annotate(count=models.Count("pk")))
        if counted[one] or counted[other]:
            found.append((word, counted[one], counted[other]))
    return found


def _following() -> dict[str, str]:
    named: list[Mapping[str, str]] = [getattr(config, "follows_at_parting", {}) for config in apps.get_app_configs()]
    return {label: leads for one in named for label, leads in one.items()}


def _locked_late() -> set[str]:
    return {label for config in apps.get_app_configs() for label in getattr(config, "locked_after_registrant", ())}
