"""The forms of taking in: shape of the input only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from shared.intake.models import Job
from shared.intake.rules.cells import plain
from shared.intake.rules.mapping import ColumnMap, from_json
from shared.intake.rules.target import Field, meanings_of
from shared.intake.targets import fields_of, targets
from shared.intake.web.selects import Options, select
from shared.problems import texts

SOURCE_LIMIT: Final = 40
OTHER_FIELDS: Final = 20
"""Fields of a request beside those of the columns and texts, generously."""


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
        help_text=_(
            "UTF-8、UTF-16またはShift_JIS（CP932）、カンマ・タブ・セミコロン区切り、1行目は見出し、100MBまで。"
        ),
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
    """Which column is read into which field; what rows without a value get; what the file's texts mean."""

    def __init__(self, job: Job, data: Any = None) -> None:
        super().__init__(data)
        self.job = job
        self.targets: Sequence[Field] = fields_of(job.kind)
        self.now = from_json(job.mapping)
        labels = Options([("", _("使わない")), *((one.code, one.label) for one in self.targets)])
        for place, name in enumerate(job.header):
            self.fields[f"column{place}"] = _select(name, labels, self.now.columns.get(name, ""))
        for one in self.targets:
            if one.choices:
                usual = self.now.constants.get(one.code, "")
                options = Options([("", _("決めない")), *one.choices])
                self.fields[f"constant-{one.code}"] = _select(one.label, options, usual)
        self._texts, self.texts_left = self._shown_texts()
        self._add_texts()

    def _shown_texts(self) -> tuple[list[_Text], int]:
        """As many as a form may have fields, those that nobody understands first; and how many are left."""
        found = [text for one in self.targets if one.choices for text in self._texts_of(one)]
        most = max(0, settings.DATA_UPLOAD_MAX_NUMBER_FIELDS - len(self.fields) - OTHER_FIELDS)
        if len(found) > most:
            found.sort(key=lambda text: bool(text.meant))
        return found[:most], max(0, len(found) - most)

    def _add_texts(self) -> None:
        meanings = {one.code: Options([("", _("わからないまま（一覧に残す）")), *one.choices]) for one in self.targets}
        for text in self._texts:
            self.fields[text.name] = _select(text.text, meanings[text.field.code], text.meant)

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
        """The texts of the file that no choice is known for, with the rows that they stand in."""
        return [self._told(text) for text in self._texts if not text.meant]

    def understood(self) -> list[dict[str, Any]]:
        """The texts that are understood, by the usual meaning or as somebody chose."""
        return [self._told(text) for text in self._texts if text.meant]

    def mapping(self) -> ColumnMap:
        """What the valid form says; meanings of texts that the page does not show stay."""
        said = self.cleaned_data
        columns = {name: said[f"column{place}"] for place, name in enumerate(self.job.header)}
        constants = {
            name.removeprefix("constant-"): value
            for name, value in said.items()
            if name.startswith("constant-") and value
        }
        values = {code: dict(kept) for code, kept in self.now.values.items()}
        for text in self._texts:
            own, chosen = values.setdefault(text.field.code, {}), said[text.name]
            if chosen != meanings_of(text.field).get(text.text, ""):
                own[text.text] = chosen
            else:
                own.pop(text.text, None)
        return ColumnMap(columns, constants, {code: texts for code, texts in values.items() if texts})

    def _told(self, text: _Text) -> dict[str, Any]:
        return {"label": text.field.label, "text": text.text, "count": text.count, "field": self[text.name]}

    def _texts_of(self, one: Field) -> list[_Text]:
        """What the check has seen, the most frequent first; then what was chosen for an earlier file."""
        seen: Mapping[str, int] = self.job.texts.get(one.code, {})
        chosen = {plain(text) for text in self.now.values.get(one.code, {})} - seen.keys()
        meanings = self.now.meanings([one]).get(one.code, {})
        ordered = [*sorted(seen, key=lambda text: (-seen[text], text)), *sorted(chosen)]
        return [
            _Text(one, f"value-{one.code}-{place}", text, seen.get(text, 0), meanings.get(text, ""))
            for place, text in enumerate(ordered)
        ]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of the file that stands for a choice of ``field``: in how many rows, and what it means now."""

    field: Field
    name: str
    text: str
    count: int
    meant: str


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


def told(problem: Mapping[str, Any]) -> str:
    """The sentence of a row's problem."""
    return str(texts()[problem["code"]]).format_map(_Left(problem.get("params", {})))


def told_in_general(code: str) -> str:
    """The sentence of a kind of problem, without the figures of a row."""
    return str(texts()[code]).format_map(_Left())


class _Left(dict[str, str]):
    def __missing__(self, _name: str) -> str:
        return "…"


def _select(label: object, options: Options, initial: str) -> forms.ChoiceField:
    return select(label, options, initial, {"invalid_choice": _("一覧から選択してください。")})
