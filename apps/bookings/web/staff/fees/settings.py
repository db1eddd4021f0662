"""The fee tables of the desk's facilities: what holds, what comes, entering others, copying whole sets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.bookings.models import Facility, FeeTable, FeeTableKind, Room
from apps.bookings.queries.fees import table_on, versions
from apps.bookings.services.fees.tables import NewTable, copy_tables, take_back_table
from apps.bookings.web.staff.fees.entering import enter
from apps.bookings.web.staff.fees.table_forms import EDITORS, Editor
from kernel import clock
from kernel.errors import DomainError
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.fields import DayField
from shared.web.forms import tell
from shared.web.guard import needs


@dataclass(frozen=True, slots=True)
class FacilityTables:
    """A facility with its rooms and everything that was entered for it, each row with whether it holds or comes."""

    facility: Facility
    rooms: list[Room]
    rows: list[tuple[FeeTable, str]]


@needs(Right.FACILITY_SETTINGS)
@require_safe
def index(request: SiteRequest) -> HttpResponse:
    """All tables, by facility."""
    places = [
        FacilityTables(one, list(one.rooms.order_by("position", "name")), _rows(one)) for one in Facility.objects.all()
    ]
    kinds = [kind for kind in FeeTableKind if kind != FeeTableKind.TARIFF]
    context = {"places": places, "kinds": kinds, "several": len(places) > 1}
    return render(request, "bookings/staff/fees/tables.html", context)


def _rows(facility: Facility) -> list[tuple[FeeTable, str]]:
    """Each table with its standing: ``comes``, ``holds`` or ``held``; they come newest first."""
    today = clock.today()
    found: list[tuple[FeeTable, str]] = []
    holding: set[tuple[str, UUID | None]] = set()
    for row in versions(facility.pk):
        place = (row.kind, row.room_id)
        if row.valid_from > today:
            found.append((row, "comes"))
        else:
            found.append((row, "held" if place in holding else "holds"))
            holding.add(place)
    return found


@needs(Right.FACILITY_SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def table(request: SiteRequest, facility: UUID, kind: str) -> HttpResponse:
    """One of the facility's own tables, to be changed from a day on."""
    place = Facility.objects.filter(pk=facility).first()
    if place is None or kind not in EDITORS:
        raise Http404
    known = FeeTableKind(kind)
    editor = EDITORS[kind](
        table_on(facility, known, clock.today()),
        request.POST if request.method == "POST" else None,
        list(place.equipment.exclude(valid_until__lt=clock.today())) if known == FeeTableKind.EQUIPMENT else (),
    )

    def page(status: int) -> HttpResponse:
        context = {"facility": place, "kind": known, "editor": editor, "form": editor.form}
        return render(request, "bookings/staff/fees/table.html", context, status=status)

    if request.method != "POST":
        return page(200)
    if not editor.is_valid():
        return page(422)
    return enter(request, editor.form, lambda: _made(editor, place, known), page, title=str(known.label))


def _made(editor: Editor, facility: Facility, kind: FeeTableKind) -> NewTable:
    values = editor.form.cleaned_data
    return NewTable(facility.pk, kind, editor.table(), values["valid_from"], note=values["note"])


@needs(Right.FACILITY_SETTINGS)
@require_POST
def take_back(request: SiteRequest) -> HttpResponse:
    """Take back a table that does not hold yet."""
    try:
        take_back_table(actor=actor_of(request), table=_uuid(request.POST.get("table", "")))
        messages.success(request, __("予定していた料金表を取り下げました。"))
    except DomainError as error:
        messages.error(request, problem_of(error).text)
    return redirect("desk:fee_tables")


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


class CopyForm(forms.Form):
    """From which facility to which, from when on."""

    source = forms.ModelChoiceField(Facility.objects.none(), label=_("写す元の施設"))
    target = forms.ModelChoiceField(Facility.objects.none(), label=_("写す先の施設"))
    valid_from = DayField(label=_("適用開始日"), help_text=_("写す元の、この日に適用される料金表を写します。"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for name in ("source", "target"):
            self.fields[name].queryset = Facility.objects.all()  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        """Two facilities."""
        values: dict[str, Any] = self.cleaned_data
        if values.get("source") and values.get("source") == values.get("target"):
            self.add_error("target", __("写す元と別の施設を選択してください。"))
        return values


@needs(Right.FACILITY_SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: SiteRequest) -> HttpResponse:
    """Copy all tables of one facility to another, to be changed there."""
    form = CopyForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            values = form.cleaned_data
            ids = {"source": values["source"].pk, "target": values["target"].pk}
            try:
                count = copy_tables(actor=actor_of(request), valid_from=values["valid_from"], **ids)
            except DomainError as error:
                status = tell(form, error)
            else:
                messages.success(request, __("%(count)s件の料金表を写しました。") % {"count": count})
                return redirect("desk:fee_tables")
    return render(request, "bookings/staff/fees/copy.html", {"form": form}, status=status)
