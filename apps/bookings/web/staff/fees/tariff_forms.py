"""The form of a tariff: its terms, and the grid of prices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.bookings.rules.fees.checks import check_days
from apps.bookings.rules.fees.grid import COLUMNS, Cells, Run, as_few, cells_of, prices_from, runs_of
from apps.bookings.rules.fees.tables import Price, Season, Tariff, TariffMode
from apps.bookings.rules.fees.use import UsedSlot
from apps.bookings.web.fee_fields import YenField
from shared.web.fields import CountField, DayField

MODES: Final = (
    (TariffMode.SLOTS.value, _("区分・コマごと（通し料金あり）")),
    (TariffMode.UNITS.value, _("単位ごとに同額（何コマかで1単位、端数は切上げ）")),
    (TariffMode.FLAT.value, _("全時間帯一定（1日いくら）")),
)
WHOLE: Final[Run] = ()
YEAR, SEASON = "p_", "s_"
"""How the names of the cells of the two grids begin."""
Rows = list[tuple[str, list[tuple[Any, str]]]]
COLUMN_WORDS: Final = (_("平日・市内"), _("平日・市外"), _("土日祝・市内"), _("土日祝・市外"))


class StartForm(forms.Form):
    """From when a table holds, and what it rests on."""

    valid_from = DayField(label=_("適用開始日"), help_text=_("この日以後の利用に適用します。"))
    note = forms.CharField(label=_("改正の根拠"), max_length=100, required=False, help_text=_("例：令和8年条例第3号"))


class TariffForm(StartForm):
    """A tariff with its grid: a field for every cell."""

    mode = forms.ChoiceField(label=_("料金の定め方"), choices=MODES, widget=forms.RadioSelect)
    article = forms.CharField(label=_("根拠条項"), max_length=100, help_text=_("例：別表第１（第８条関係）"))
    slots_per_unit = CountField(label=_("1単位のコマ数"), min_value=1, initial=1)
    least = YenField(label=_("最低料金（円）"), required=False)
    hourly = YenField(label=_("時間外1時間の料金（円）"), required=False)
    middle = YenField(
        label=_("続けて使うときの中間時間1時間の料金（円）"), required=False, help_text=_("無料のときは空欄")
    )

    season_first = forms.CharField(
        label=_("季節の初日（月日）"), max_length=5, required=False, help_text=_("例：12-01")
    )
    season_last = forms.CharField(label=_("季節の末日（月日）"), max_length=5, required=False)

    def __init__(self, data: Any = None, *, slots: Sequence[UsedSlot], held: Tariff | None, **kwargs: Any) -> None:
        super().__init__(data, initial=kwargs.pop("initial", {}) | _initial(held), **kwargs)
        self.slots = {slot.number: slot.label for slot in slots}
        self.runs = [WHOLE, *runs_of(list(self.slots))]
        self.held = held
        self._add_grid(YEAR, None)
        self._add_grid(SEASON, _season_of(held))

    def _add_grid(self, grid: str, season: Season | None) -> None:
        prices = self.held.prices if self.held and (season or grid == YEAR) else ()
        for run in self.runs:
            for column, cell in enumerate(as_few(cells_of(prices, run, season))):
                name = cell_name(grid, run, column)
                self.fields[name] = YenField(label=self.label_of(run), required=False, initial=cell)

    @property
    def plain_fields(self) -> list[Any]:
        """The fields above the grid."""
        return [field for field in self if not field.name.startswith((YEAR, SEASON, "season_"))]

    @property
    def season_fields(self) -> list[Any]:
        """The ends of the season whose prices the second grid holds."""
        return [self["season_first"], self["season_last"]]

    @property
    def columns(self) -> list[str]:
        """The headings of the grid."""
        return [str(word) for word in COLUMN_WORDS]

    @property
    def rows(self) -> Rows:
        """The grid of the whole year: the label of each row, and its cells with their headings."""
        return self._rows(YEAR)

    @property
    def season_rows(self) -> Rows:
        """The grid of the season."""
        return self._rows(SEASON)

    def _rows(self, grid: str) -> Rows:
        columns = list(enumerate(self.columns))
        return [
            (self.label_of(run), [(self[cell_name(grid, run, place)], word) for place, word in columns])
            for run in self.runs
        ]

    @property
    def others(self) -> tuple[Price, ...]:
        """Prices of further seasons, which go on unchanged."""
        known = {None, _season_of(self.held)}
        return tuple(price for price in self.held.prices if price.season not in known) if self.held else ()

    def label_of(self, run: Run) -> str:
        """午前・午後（通し）; the row of flat and unit prices."""
        if not run:
            return str(_("1単位・1日"))
        labels = "・".join(self.slots[number] for number in run)
        return labels if len(run) == 1 else str(_("%(slots)s（通し）") % {"slots": labels})

    def tariff(self) -> Tariff:
        """The valid form's tariff. ``BadTableError`` for a row that cannot be read."""
        values = self.cleaned_data
        first, last = values["season_first"].strip(), values["season_last"].strip()
        season = Season(first, last) if first or last else None
        if season is not None:
            check_days(season)
        seasonal = prices_from(self._grid(SEASON), season) if season else ()
        return Tariff(
            TariffMode(values["mode"]),
            prices_from(self._grid(YEAR)) + seasonal + self.others,
            article=values["article"],
            least=values["least"] or 0,
            slots_per_unit=values["slots_per_unit"],
            hourly=values["hourly"] or 0,
            middle=values["middle"] or 0,
        )

    def _grid(self, grid: str) -> dict[Run, Cells]:
        found: dict[Run, Cells] = {}
        for run in self.runs:
            names = [cell_name(grid, run, column) for column in range(len(COLUMNS))]
            first, outside, holiday, both = (self.cleaned_data[name] for name in names)
            found[run] = first, outside, holiday, both
        return found


def cell_name(grid: str, run: Run, column: int) -> str:
    """The name of a cell's field."""
    return f"{grid}{'-'.join(map(str, run)) or 'all'}_{column}"


def _initial(held: Tariff | None) -> dict[str, Any]:
    if held is None:
        return {"mode": TariffMode.SLOTS.value}
    names = ("article", "slots_per_unit", "least", "hourly", "middle")
    season = _season_of(held)
    ends = {"season_first": season.first, "season_last": season.last} if season else {}
    return {"mode": held.mode.value} | {name: getattr(held, name) or None for name in names} | ends


def _season_of(held: Tariff | None) -> Season | None:
    """The season whose prices are edited: the first that the tariff has."""
    prices = held.prices if held else ()
    return next((price.season for price in prices if price.season is not None), None)
