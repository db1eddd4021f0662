"""The forms of the rows that could not be taken in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shared.intake.models import RejectedRow
from shared.intake.queries import open_rows
from shared.intake.targets import fields_of
from shared.intake.web.forms import told

REASON_LIMIT: Final = 200
LONGEST_CELL: Final = 500
MOST_CHOICES_TOLD: Final = 12
"""Of a field with more (rooms), what may be written is not listed beside it."""


class ChosenForm(forms.Form):
    """Of which file, and wrong in which way."""

    file_id = forms.UUIDField(required=False, error_messages={"invalid": _("一覧から選択してください。")})
    why = forms.RegexField(
        r"^row_[a-z_]{1,40}$", required=False, error_messages={"invalid": _("一覧から選択してください。")}
    )

    @property
    def file(self) -> UUID | None:
        """The file, if one was chosen."""
        chosen: UUID | None = self.cleaned_data.get("file_id")
        return chosen

    @property
    def query(self) -> str:
        """The choice as it stands in an address."""
        return urlencode({name: value for name, value in self.cleaned_data.items() if value})

    def rows(self) -> QuerySet[RejectedRow]:
        """The open rows that were chosen."""
        found = open_rows()
        if self.file:
            found = found.filter(job=self.file)
        if why := self.cleaned_data.get("why"):
            found = found.filter(problems__contains=[{"code": why}])
        return found


class RowForm(forms.Form):
    """The cells of a row by field, as they are corrected."""

    hides_requirement = True

    def __init__(self, row: RejectedRow, data: Any = None) -> None:
        super().__init__(data)
        self._row = row
        for one in fields_of(row.kind):
            few = one.choices if len(one.choices) <= MOST_CHOICES_TOLD else ()
            self.fields[one.code] = forms.CharField(
                label=str(one.label),
                help_text=_("、").join(str(label) for _code, label in few),
                required=False,
                max_length=LONGEST_CELL,
                strip=False,
                initial=str(row.values.get(one.code, ""))[: LONGEST_CELL + 1],  # never shortened unseen
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

    @property
    def in_file(self) -> list[forms.BoundField]:
        """The fields that the row has in the file, and those with which something is wrong."""
        return [self[name] for name in self.fields if self._is_shown_first(name)]

    @property
    def beside(self) -> list[forms.BoundField]:
        """The others: what the file does not say may be said here."""
        return [self[name] for name in self.fields if not self._is_shown_first(name)]

    def _is_shown_first(self, name: str) -> bool:
        wrong = {problem["field"] for problem in self._row.problems}
        return name in self._row.values or name in wrong or name in self.errors

    def tell(self, problems: Sequence[Mapping[str, Any]]) -> None:
        """Show each problem beside its field."""
        for problem in problems:
            self.add_error(problem["field"] if problem["field"] in self.fields else None, told(problem))


class DismissForm(forms.Form):
    """Why a row is not taken in."""

    reason = forms.CharField(
        label=_("取り込まない理由"),
        max_length=REASON_LIMIT,
        error_messages={
            "required": _("取り込まない理由を入力してください。"),
            "max_length": _("%(limit_value)d文字以内で入力してください（現在%(show_value)d文字）。"),
        },
        widget=forms.Textarea(attrs={"rows": 2}),
    )
