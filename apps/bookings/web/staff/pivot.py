"""Parting the permitted uses of some days by two of their sides (クロス集計)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from apps.bookings.models import Channel
from apps.bookings.queries.of_before import CHANNEL
from apps.bookings.queries.reports import uses_between
from apps.bookings.rules.reports import Pivot, pivot
from apps.bookings.web.staff.reports import table_file_of
from apps.registrants.models import RegistrantKind
from kernel import clock
from shared.requests import SiteRequest
from shared.staff.rights import Right
from shared.web.fields import DayField
from shared.web.guard import needs
from shared.web.sheets import Cell

SIDES: Final = {
    "room": gettext_lazy("室場"),
    "slot": gettext_lazy("区分"),
    "weekday": gettext_lazy("曜日"),
    "month": gettext_lazy("月"),
    "purpose": gettext_lazy("利用目的"),
    "kind": gettext_lazy("個人・団体"),
    "channel": gettext_lazy("受付経路"),
}
MEASURES: Final = {
    "uses": gettext_lazy("件数"),
    "slots": gettext_lazy("コマ数"),
    "people": gettext_lazy("実績人数"),
    "fee": gettext_lazy("使用料（円）"),
    "reduced": gettext_lazy("減免額（円）"),
}
WEEKDAYS: Final = {
    str(number): name
    for number, name in enumerate(
        map(gettext_lazy, ("月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日", "日曜日")), start=1
    )
}
LONGEST: Final = dt.timedelta(days=366 * 2)


def _choice(label: Any, choices: Mapping[str, Any]) -> forms.ChoiceField:
    told = {"invalid_choice": gettext_lazy("一覧から選択してください。")}
    return forms.ChoiceField(label=label, choices=list(choices.items()), error_messages=told)


class PivotForm(forms.Form):
    """Which days, parted by what, counted how."""

    hides_requirement = True
    first = DayField(label=gettext_lazy("期間の初日"))
    last = DayField(label=gettext_lazy("期間の末日"))
    down = _choice(gettext_lazy("縦"), SIDES)
    across = _choice(gettext_lazy("横"), SIDES)
    measure = _choice(gettext_lazy("数えるもの"), MEASURES)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and not first <= last <= first + LONGEST:
            self.add_error("last", _("末日は、初日から2年以内の日にしてください。"))
        if cleaned.get("down") and cleaned.get("down") == cleaned.get("across"):
            self.add_error("across", _("縦と横には、ちがうものを選択してください。"))
        return cleaned


@needs(Right.BOOKINGS_SEE)
@require_safe
def pivot_page(request: SiteRequest) -> HttpResponse:
    """The form, and the table it asks for."""
    form = _form(request)
    if not form.is_valid():
        return render(request, "bookings/staff/pivot.html", {"form": form}, status=422)
    found = _found(form)
    words, across = _words(form.cleaned_data["down"]), _words(form.cleaned_data["across"])
    context = {
        "form": form,
        "down": SIDES[form.cleaned_data["down"]],
        "measure": MEASURES[form.cleaned_data["measure"]],
        "columns": [across.get(one, one) for one in found.columns],
        "lines": [
            (words.get(row, row), [found.cells.get((row, column), 0) for column in found.columns], found.of_rows[row])
            for row in found.rows
        ],
        "sums": [found.of_columns[column] for column in found.columns],
        "total": found.total,
        "asked": request.GET.urlencode() or _default_query(form),
    }
    return render(request, "bookings/staff/pivot.html", context)


@needs(Right.BOOKINGS_SEE)
@require_safe
def pivot_file(request: SiteRequest) -> HttpResponse:
    """The same table as a file; figures only."""
    form = _form(request)
    if not form.is_valid():
        raise BadRequest(next(iter(form.errors.values()))[0])
    found = _found(form)
    down, across = _words(form.cleaned_data["down"]), _words(form.cleaned_data["across"])
    rows: list[list[Cell]] = [
        [str(SIDES[form.cleaned_data["down"]]), *(str(across.get(one, one)) for one in found.columns), _("計")]
    ]
    for row in found.rows:
        cells = [found.cells.get((row, column), 0) for column in found.columns]
        rows.append([str(down.get(row, row)), *cells, found.of_rows[row]])
    rows.append([_("計"), *(found.of_columns[one] for one in found.columns), found.total])
    return table_file_of(request, "pivot", rows)


def _form(request: SiteRequest) -> PivotForm:
    first = clock.today().replace(day=1)
    asked = {"first": f"{first}", "last": f"{clock.today()}", "down": "room", "across": "slot", "measure": "uses"}
    return PivotForm(asked | {key: str(value) for key, value in request.GET.items()})


def _default_query(form: PivotForm) -> str:
    return "&".join(f"{name}={form.data[name]}" for name in form.fields)


def _found(form: PivotForm) -> Pivot:
    said = form.cleaned_data
    uses = uses_between(said["first"], said["last"])
    return pivot(uses, down=said["down"], across=said["across"], measure=said["measure"])


def _words(side: str) -> Mapping[str, Any]:
    """Value of a side -> its word, where the value is a code."""
    kinds: dict[str, Mapping[str, Any]] = {
        "weekday": WEEKDAYS,
        "kind": {one.value: one.label for one in RegistrantKind} | {"": gettext_lazy("登録のない利用")},
        "channel": {one.value: one.label for one in Channel} | {CHANNEL: gettext_lazy("このシステムより前")},
        "purpose": {"": gettext_lazy("（目的の記載なし）")},
    }
    return kinds.get(side, {})
