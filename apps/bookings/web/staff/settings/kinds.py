"""What a page of settings consists of: rows that are kept, and a form that first tells what it would change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.bookings.models import Booking, Facility, Room
from kernel import clock
from shared.actor import Actor

Text = str | Promise
LEAVES = "leaves_bookings"


@dataclass(frozen=True, slots=True)
class Row:
    """Something that is set: for what, what, and from when to when."""

    title: str
    text: str
    since: dt.date | None = None
    until: dt.date | None = None
    key: str = ""
    """By which it is withdrawn, while it may be."""
    end_key: str = ""
    """By which it is ended, while it holds."""

    @property
    def comes(self) -> bool:
        """Whether it has not begun."""
        return self.since is not None and self.since > clock.today()

    @property
    def is_over(self) -> bool:
        """Whether it holds no more."""
        return self.until is not None and self.until < clock.today()


@dataclass(frozen=True, slots=True)
class Preview:
    """What saving would change."""

    headings: tuple[Text, Text, Text] = ("", "", "")
    changes: Sequence[tuple[object, object, object]] = ()
    closed: Sequence[Any] = ()
    opened: Sequence[dt.date] = ()
    hits: Sequence[Booking] = ()
    booked: Sequence[Booking] = ()
    """Bookings that stand in the way."""
    conflicts: Sequence[str] = ()
    notes: Sequence[str] = ()
    may_save: bool = True


class SettingForm(forms.Form):
    """A form of a setting. Its ``preview`` and ``save`` raise domain errors, told beside the fields."""

    def preview(self) -> Preview:
        """What saving would change."""
        raise NotImplementedError

    def save(self, actor: Actor) -> None:
        """Set it."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Setting:
    """A kind of setting and its pages."""

    name: str
    title: Text
    text: Text
    new: Text
    form: type[SettingForm]
    rows: Callable[[], list[Row]]
    withdraw: Callable[[Actor, str], object] | None = None
    initial: Callable[[], dict[str, Any]] = field(default=dict)
    end: str = ""
    """The setting whose form ends a row."""
    is_listed: bool = True


@dataclass(frozen=True, slots=True)
class Target:
    """A facility, or one of its rooms."""

    facility: UUID
    room: UUID | None


class TargetField(forms.ChoiceField):
    """All rooms of a facility, or one room."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=_targets, **{"label": _("対象"), **kwargs})

    def clean(self, value: Any) -> Target:
        chosen = super().clean(value)
        facility, _slash, room = chosen.partition("/")
        return Target(UUID(facility), UUID(room) if room else None)


class RoomField(forms.ChoiceField):
    """One room; its id."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=rooms_grouped, **{"label": _("室場"), **kwargs})

    def clean(self, value: Any) -> UUID:
        return UUID(super().clean(value))


class FacilityField(forms.ChoiceField):
    """One facility of the tenant; its id."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=_facilities, **{"label": _("施設"), **kwargs})

    def clean(self, value: Any) -> UUID:
        return UUID(super().clean(value))


def target_name(facility: Facility, room: Room | None) -> str:
    """全室場 of a facility, or the room's name."""
    return f"{facility.name}　{room.name if room else _('全室場')}"


def _targets() -> list[tuple[str, list[tuple[str, str]]]]:
    facilities = Facility.objects.prefetch_related("rooms")
    return [
        (
            one.name,
            [(str(one.pk), str(_("全室場"))), *((f"{one.pk}/{room.pk}", room.name) for room in one.rooms.all())],
        )
        for one in facilities
    ]


def rooms_grouped() -> list[tuple[str, list[tuple[str, str]]]]:
    """All rooms, by facility."""
    facilities = Facility.objects.prefetch_related("rooms")
    return [(one.name, [(str(room.pk), room.name) for room in one.rooms.all()]) for one in facilities]


def _facilities() -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in Facility.objects.values_list("pk", "name")]
