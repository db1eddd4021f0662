"""The filters of the ledger of bookings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from apps.bookings.fee_texts import PAYMENT_TEXTS
from apps.bookings.models import BookingState, Room
from apps.bookings.queries.booking_list import BY_APPLICATION, BY_USE, BY_USE_BACK, OWED, Wanted
from apps.bookings.rules.sought import Sought, read_sought
from apps.bookings.rules.states import STANDING, STATES
from apps.bookings.templatetags.bookings import in_language
from kernel import clock
from shared.web.fields import DayField

STOOD: Final = "standing"
"""All states in which a permit stood until the day of use."""
LONGEST: Final = dt.timedelta(days=366 * 2)
NO_SUCH_CHOICE: Final = {"invalid_choice": _("一覧から選択してください。")}
ORDERS: Final = (
    (BY_USE, _("利用日の早い順")),
    (BY_USE_BACK, _("利用日の遅い順")),
    (BY_APPLICATION, _("受付の新しい順")),
)


def _choice(label: Any, choices: Iterable[tuple[str, Any]] = ()) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=list(choices), error_messages=dict(NO_SUCH_CHOICE))


class ListForm(forms.Form):
    """Period and filters; ``q`` looks for registrants and is read from a POST only."""

    hides_requirement = True
    first = DayField(label=_("利用日の初日"), required=False)
    last = DayField(label=_("利用日の末日"), required=False)
    facility = _choice(_("施設"))
    room = _choice(_("室場"))
    state = _choice(_("状態"))
    purpose = _choice(_("利用目的"))
    paid = _choice(_("収納の状態"))
    number = forms.CharField(
        label=_("受付番号・文書番号"),
        required=False,
        max_length=30,
        help_text=_("文書番号は「2026-12」のように年度と番号で入力します。"),
    )
    q = forms.CharField(
        label=_("利用者"), required=False, max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    order = _choice(_("並び順"), ORDERS)

    def __init__(self, data: Any, *, rooms: Sequence[Room], purposes: Iterable[tuple[str, str, str]]) -> None:
        super().__init__(data)
        self._offer("state", [(STOOD, __("許可（利用済み・不来場を含む）")), *BookingState.choices])
        self._offer("paid", [(OWED, __("未納あり")), *PAYMENT_TEXTS.items()])
        self._offer("room", [(str(room.pk), in_language(room.name, room.name_en)) for room in rooms])
        self._offer("purpose", [(code, in_language(name, name_en)) for code, name, name_en in purposes])
        facilities = {str(one.facility_id): in_language(one.facility.name, one.facility.name_en) for one in rooms}
        self._offer("facility", facilities.items())
        if len(facilities) < 2:
            del self.fields["facility"]

    def _offer(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        self.fields[name].choices = [("", __("すべて")), *choices]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_number(self) -> Sought | None:
        """What is looked for by it; None for nothing."""
        typed = self.cleaned_data["number"]
        sought = read_sought(typed)
        if typed and sought is None:
            raise ValidationError(__("受付番号か文書番号を入力してください。例：08-000123-3、2026-12"))
        return sought

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = _period(cleaned)
        if not first <= last <= first + LONGEST and not {"first", "last"} & set(self.errors):
            self.add_error("last", _("末日は、初日から2年以内の日にしてください。"))
        return cleaned

    def wanted(self, registrants: Collection[UUID] | None = None) -> Wanted:
        """What the valid form asks for, of these registrants if any were looked for."""
        said = self.cleaned_data
        first, last = _period(said)
        return Wanted(
            first=first,
            last=last,
            facility=UUID(said["facility"]) if said.get("facility") else None,
            room=UUID(said["room"]) if said["room"] else None,
            states=_states(said["state"]),
            purpose=said["purpose"],
            paid=said["paid"],
            number=said["number"],
            registrants=registrants,
            order=said["order"] or BY_USE,
        )


def _states(said: str) -> Collection[str]:
    if said == STOOD:
        return STANDING
    return [said] if said else STATES


def _period(said: dict[str, Any]) -> tuple[dt.date, dt.date]:
    first, last = usual_period()
    given = said.get("first"), said.get("last")
    return given[0] or min(first, given[1] or first), given[1] or max(last, given[0] or last)


def usual_period() -> tuple[dt.date, dt.date]:
    """What is shown when nobody says otherwise: from the first of this month to the end of the next."""
    first = clock.today().replace(day=1)
    return first, (first + dt.timedelta(days=62)).replace(day=1) - dt.timedelta(days=1)
