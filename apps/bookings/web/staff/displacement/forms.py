"""The desk's forms of a public use: what is needed, what is chosen for each booking, why it ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from apps.bookings.models import Consent, Fate, Room
from apps.bookings.services.displacement.choosing import Choice
from apps.bookings.services.displacement.draft import Draft
from apps.bookings.templatetags.bookings import in_language
from apps.bookings.web.public_use_forms import NO_ROOM, PublicUseForm


class DraftForm(PublicUseForm):
    """What the house is needed for, and which of its rooms."""

    rooms = forms.TypedMultipleChoiceField(
        label=_("室場"),
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("全体を選ぶと、その中の半面・分割した室場の予約も対象になります。"),
        error_messages=dict.fromkeys(["required", "invalid_choice"], NO_ROOM),
    )

    def __init__(self, data: Any = None, *, rooms: Sequence[Room], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.of = {room.pk: room.facility_id for room in rooms}
        several = len(set(self.of.values())) > 1
        named = [(str(room.pk), _named(room, several)) for room in rooms]
        self.fields["rooms"].choices = named  # type: ignore[attr-defined]  # a multiple choice

    def wanted(self) -> Draft:
        """The draft of the valid form; rooms of two facilities are for the service to refuse."""
        values = self.cleaned_data
        rooms = tuple(values["rooms"])
        words = {name: values[name] for name in ("occasion", "detail", "article", "reason")}
        return Draft(facility=self.of[rooms[0]], rooms=rooms, spans=self.spans, **words)


class HitForm(forms.Form):
    """What is chosen for one booking; its prefix is the hit's id."""

    fate = forms.CharField(required=False, max_length=12)
    """``cancel``, ``keep``, or ``move:2`` for the third proposal."""
    consent = forms.ChoiceField(required=False, choices=[("", ""), *Consent.choices])

    @property
    def choice(self) -> Choice | None:
        """The choice that was sent, if one was; anything that is none leaves the booking open."""
        sent = self.cleaned_data.get("fate", "") if self.is_valid() else ""
        if not sent:
            return None
        kind, _colon, place = sent.partition(":")
        if kind != Fate.MOVE:
            return Choice(kind)
        is_number = place.isascii() and place.isdecimal() and len(place) < 4
        return Choice(kind, int(place) if is_number else None, self.cleaned_data["consent"])


class ForAllForm(forms.Form):
    """What is chosen for all bookings that are still open."""

    for_all = forms.ChoiceField(required=False, choices=Fate.choices)


def choices_of(data: QueryDict, hits: Iterable[UUID]) -> Mapping[UUID, Choice]:
    """What was sent for each of the hits that the page showed."""
    sent = {hit: HitForm(data, prefix=str(hit)).choice for hit in hits}
    return {hit: choice for hit, choice in sent.items() if choice is not None}


def _named(room: Room, several: bool) -> str:
    name = in_language(room.name, room.name_en)
    return f"{in_language(room.facility.name, room.facility.name_en)}　{name}" if several else name
