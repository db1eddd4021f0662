"""The fee of one booking at the desk: how it came about, what it was before, and computing it anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from apps.bookings.models import Booking
from apps.bookings.queries.desk_booking import desk_booking
from apps.bookings.queries.fees import InForce, fees_of, reduction_of, tables_on
from apps.bookings.rules.fees.additions import offered_climate
from apps.bookings.rules.fees.codec import decode
from apps.bookings.rules.fees.use import ClimateUse, Facts, Use, UsedSlot
from apps.bookings.rules.states import ALLOWED
from apps.bookings.services.fees.settling import settle_fee
from apps.bookings.web.fee_fields import add_fee_fields, fee_wish
from apps.bookings.web.fee_shown import shown_fees
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.fields import CountField
from shared.web.forms import seen_version, tell
from shared.web.guard import needs

CLIMATE: Final = "minutes_"


class SettleForm(forms.Form):
    """What was really used, as far as the tables of the day ask."""

    def __init__(self, data: Any = None, *, in_force: InForce, use: Use, facts: Facts) -> None:
        super().__init__(data, initial=_initial(facts, use))
        add_fee_fields(self, in_force, use)
        self.fields.pop("reduction", None)
        tables = in_force.tables
        by_hour = [one for one in offered_climate(tables, use) if one.hourly]
        self._ask_by_the_hour({one.code for one in by_hour})
        if tables.terms.extension:
            self.fields["extension"] = _count(_("延長した時間（分）"))
        if tables.tariff.hourly:
            self.fields["extra_hours"] = _count(_("時間外の利用（時間）"))
        for one in by_hour:
            label = __("%(name)sを使った時間（分）") % {"name": one.label}
            self.fields[f"{CLIMATE}{one.code}"] = _count(label, _("使わなかったときは空欄にしてください。"))

    def _ask_by_the_hour(self, codes: set[str]) -> None:
        """What costs by the hour is asked for by its minutes, the rest by a tick."""
        field = self.fields.get("climate")
        if field is None:
            return
        rest = [choice for choice in field.choices if choice[0] not in codes]  # type: ignore[attr-defined]
        field.choices = rest  # type: ignore[attr-defined]  # a MultipleChoiceField
        if not rest:
            del self.fields["climate"]

    def facts(self) -> Facts:
        """The valid form's facts."""
        values = self.cleaned_data
        wish = fee_wish(self).facts
        climate = wish.climate + tuple(
            ClimateUse(name.removeprefix(CLIMATE), minutes)
            for name, minutes in values.items()
            if name.startswith(CLIMATE) and minutes is not None
        )
        said = {name: getattr(wish, name) for name in ("admission", "commercial", "preparation")}
        extension, hours = values.get("extension") or 0, values.get("extra_hours") or 0
        return Facts(**said, extension=extension, extra_hours=hours, climate=climate)


def _count(label: Any, help_text: Any = "") -> CountField:
    return CountField(label=label, required=False, min_value=0, help_text=help_text)


def _initial(facts: Facts, use: Use) -> dict[str, Any]:
    said: dict[str, Any] = {
        "admission": facts.admission or None,
        "commercial": facts.commercial,
        "preparation": facts.preparation,
        "extension": facts.extension or None,
        "extra_hours": facts.extra_hours or None,
    }
    whole = use.slots[-1].ends - use.slots[0].starts if use.slots else None
    minutes = {f"{CLIMATE}{one.code}": whole if one.minutes is None else one.minutes for one in facts.climate}
    return said | minutes | {"climate": [one.code for one in facts.climate]}


@dataclass(frozen=True, slots=True)
class FeeFile:
    """A booking with its fees and the tables of its day."""

    booking: Booking
    in_force: InForce | None
    facts: Facts

    def form(self, data: Any = None) -> SettleForm | None:
        """What can be said anew; None where no tables hold, or the state does not allow it."""
        if self.in_force is None or self.booking.state not in ALLOWED["charge"]:
            return None
        during = self.booking.during
        whole = UsedSlot(0, "", 0, int((during.upper - during.lower).total_seconds()) // 60)
        use = Use(str(self.booking.room_id), self.booking.day, (whole,))
        return SettleForm(data, in_force=self.in_force, use=use, facts=self.facts)


@needs(Right.BOOKINGS_SEE, to_change=Right.BOOKINGS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def fee(request: SiteRequest, booking: UUID) -> HttpResponse:
    """The fee and its history; a POST computes it anew."""
    found = desk_booking(booking)
    fees = fees_of(booking)
    facts = decode(Facts, fees[0].sheet.facts) if fees else Facts()
    file = FeeFile(found, tables_on(found.room.facility_id, found.room_id, found.day), facts)
    form = file.form(request.POST if request.method == "POST" else None)
    if request.method != "POST" or form is None:
        status = 409 if request.method == "POST" else 200
        return _page(request, file, form, status=status)
    if not form.is_valid():
        return _page(request, file, form, status=422)
    version = seen_version(request.POST)
    try:
        settle_fee(actor=actor_of(request), booking=booking, facts=form.facts(), seen_version=version)
    except DomainError as error:
        return _page(request, file, form, status=tell(form, error))
    messages.success(request, __("料金を計算し直しました。"))
    return redirect("desk:fee", booking=booking)


def _page(request: SiteRequest, file: FeeFile, form: SettleForm | None, *, status: int = 200) -> HttpResponse:
    booking = file.booking
    shown = [booking.registrant_id]
    record(actor_of(request), Action.VIEW, object_type="booking", object_id=booking.pk, persons=shown, page="fee")
    context = {
        "booking": booking,
        "form": form,
        "fees": shown_fees(booking.pk),
        "reduction": reduction_of(booking.pk),
    }
    return render(request, "bookings/staff/fees/fee.html", context, status=status)
