"""The forms of taking in: shape of the input only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.intake.models import Job, RejectedRow
from shared.intake.rules.mapping import ColumnMap, from_json
from shared.intake.rules.target import Field
from shared.intake.targets import fields_of, targets
from shared.problems import texts

SOURCE_LIMIT: Final = 40
REASON_LIMIT: Final = 200
LONGEST_CELL: Final = 500


class UploadForm(forms.Form):
    """What is handed over, and where it comes from."""

    kind = forms.ChoiceField(
        label=_("ファイルの内容"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("ファイルの内容を選択してください。"),
            "invalid_choice": _("ファイルの内容を選択してください。"),
        },
    )
    source = forms.CharField(
        label=_("元のシステムの名前"),
        help_text=_("同じシステムから取り込むファイルには、いつも同じ名前を入力してください。例：旧予約システム"),
        max_length=SOURCE_LIMIT,
        error_messages={
            "required": _("元のシステムの名前を入力してください。"),
            "max_length": _("%(limit_value)d文字以内で入力してください（現在%(show_value)d文字）。"),
        },
        widget=forms.TextInput(attrs={"class": "input--20", "autocomplete": "off", "list": "sources"}),
    )
    file = forms.FileField(
        label=_("CSVファイル"),
        help_text=_("UTF-8またはShift_JIS（CP932）、カンマ・タブ・セミコロン区切り、1行目は見出し、100MBまで。"),
        allow_empty_file=True,
        error_messages={"required": _("取り込むファイルを選択してください。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(kind, target.label) for kind, target in targets().items()]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean_source(self) -> str:
        """Without what would make two names look alike."""
        return " ".join(str(self.cleaned_data["source"]).replace(":", "：").split())


class MappingForm(forms.Form):
    """Which column is read into which field; which value every row has; what unknown texts mean."""

    def __init__(self, job: Job, data: Any = None, *, mapping: ColumnMap | None = None) -> None:
        super().__init__(data)
        self.job = job
        self.targets: Sequence[Field] = fields_of(job.kind)
        now = mapping or from_json(job.mapping)
        for place, name in enumerate(job.header):
            self.fields[f"column{place}"] = _select(
                name, [("", _("使わない")), *_labels(self.targets)], now.columns.get(name, "")
            )
        for one in self.targets:
            if one.choices:
                usual = now.constants.get(one.code, "")
                self.fields[f"constant-{one.code}"] = _select(one.label, [("", _("決めない")), *one.choices], usual)
        for code, place, text in self._unknown():
            options = [("", _("わからないまま（一覧に残す）")), *self._choices_of(code)]
            self.fields[f"value-{code}-{place}"] = _select(text, options, now.values.get(code, {}).get(text, ""))

    def rows(self) -> list[dict[str, Any]]:
        """The columns with how their cells look."""
        shapes: Sequence[Sequence[str]] = self.job.shapes
        return [
            {
                "name": name,
                "shapes": [one for one in shapes[place] if one] if place < len(shapes) else [],
                "field": self[f"column{place}"],
            }
            for place, name in enumerate(self.job.header)
        ]

    def constants(self) -> list[forms.BoundField]:
        """The fields that may have one value throughout."""
        return [self[name] for name in self.fields if name.startswith("constant-")]

    def unknown(self) -> list[dict[str, Any]]:
        """The texts that no choice is known for, with the rows that they stand in."""
        labels = {one.code: one.label for one in self.targets}
        return [
            {
                "label": labels[code],
                "text": text,
                "count": self.job.unknown[code][text],
                "field": self[f"value-{code}-{place}"],
            }
            for code, place, text in self._unknown()
        ]

    def mapping(self) -> ColumnMap:
        """What the valid form says; meanings of texts that this file does not show stay."""
        said = self.cleaned_data
        columns = {name: said[f"column{place}"] for place, name in enumerate(self.job.header)}
        constants = {
            name.removeprefix("constant-"): value
            for name, value in said.items()
            if name.startswith("constant-") and value
        }
        values = {code: dict(kept) for code, kept in from_json(self.job.mapping).values.items()}
        for code, place, text in self._unknown():
            values.setdefault(code, {})[text] = said[f"value-{code}-{place}"]
        return ColumnMap(
            columns,
            constants,
            {code: {text: meant for text, meant in kept.items() if meant} for code, kept in values.items()},
        )

    def _unknown(self) -> list[tuple[str, int, str]]:
        known = from_json(self.job.mapping).values
        codes = [one.code for one in self.targets if self._choices_of(one.code)]
        found = {code: [*self.job.unknown.get(code, {})] for code in codes}
        self.job.unknown = {
            code: {text: self.job.unknown.get(code, {}).get(text, 0) for text in [*found[code], *known.get(code, {})]}
            for code in codes
        }
        return [(code, place, text) for code in codes for place, text in enumerate(self.job.unknown[code])]

    def _choices_of(self, code: str) -> Sequence[tuple[str, object]]:
        return next((one.choices for one in self.targets if one.code == code), ())


class MappingFileForm(forms.Form):
    """A mapping kept as a file."""

    hides_requirement = True

    file = forms.FileField(
        label=_("対応表のファイル"),
        help_text=_("この画面から保存したもの（.json）"),
        error_messages={
            "required": _("対応表のファイルを選択してください。"),
            "empty": _("対応表のファイルとして読めません。この画面から保存したファイルを選んでください。"),
        },
    )


class RowForm(forms.Form):
    """The cells of a row by field, as they are corrected."""

    hides_requirement = True

    def __init__(self, row: RejectedRow, data: Any = None) -> None:
        super().__init__(data)
        for one in targets()[row.kind].fields:
            self.fields[one.code] = forms.CharField(
                label=str(one.label),
                required=False,
                max_length=LONGEST_CELL,
                strip=False,
                initial=str(row.values.get(one.code, ""))[:LONGEST_CELL],
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

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


def told(problem: Mapping[str, Any]) -> str:
    """The sentence of a row's problem."""
    return str(texts()[problem["code"]]).format(**problem.get("params", {}))


def _select(label: object, choices: Sequence[tuple[str, object]], initial: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=str(label),
        choices=choices,
        required=False,
        initial=initial,
        error_messages={"invalid_choice": _("一覧から選択してください。")},
    )


def _labels(fields: Sequence[Field]) -> list[tuple[str, object]]:
    return [(one.code, one.label) for one in fields]
