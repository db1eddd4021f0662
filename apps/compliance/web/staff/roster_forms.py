"""The people of a roster on a page: a form a person, filled by hand or from a CSV file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import IO, Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.compliance.models.roster import RosterRow
from apps.compliance.roster_texts import FAULT_TEXTS
from apps.compliance.rules.roster import (
    COLUMNS,
    DESK_ROLES,
    MOST_ROWS,
    NEEDED_COLUMNS,
    Bounds,
    Entry,
    Fault,
    columns_of,
    faults,
    names_twice,
    read_kana,
    read_text,
    roles_in,
)
from kernel.wareki import WarekiError, parse_date
from shared.intake.inspecting import decoded, inspect
from shared.intake.rules.records import rows
from shared.staff.models import Role
from shared.web.fields import DayField

EMPTY_ROWS: Final = 1
ROLE_CHOICES: Final = [(role, Role(role).label) for role in DESK_ROLES]
MISSING: Final = {"required": FAULT_TEXTS[Fault.MISSING]}


def _text(label: Any, longest: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, error_messages=dict(MISSING), **more)


class PersonForm(forms.Form):
    """A person on a roster."""

    name = _text(_("氏名"), 60, widget=forms.TextInput({"autocomplete": "off", "class": "input--20"}))
    kana = _text(_("カナ"), 60, widget=forms.TextInput({"autocomplete": "off", "class": "input--20"}))
    title = _text(_("職名"), 60, widget=forms.TextInput({"class": "input--20"}))
    body = forms.ChoiceField(
        label=_("所属法人"),
        error_messages=dict.fromkeys(["required", "invalid_choice"], FAULT_TEXTS[Fault.NO_SUCH_BODY]),
    )
    roles = forms.MultipleChoiceField(
        label=_("担当業務"),
        choices=ROLE_CHOICES,
        widget=forms.CheckboxSelectMultiple({"class": "choices--row"}),
        error_messages=dict.fromkeys(["required", "invalid_choice"], FAULT_TEXTS[Fault.NO_ROLE]),
    )
    terminal = _text(_("使用端末"), 60, required=False, widget=forms.TextInput({"class": "input--20"}))
    starts_on = DayField(label=_("使用開始日"))
    ends_on = DayField(label=_("使用終了日"), required=False)
    trained_on = DayField(label=_("研修日"), required=False)
    drop = forms.BooleanField(label=_("この人を名簿から外す"), required=False)

    def __init__(self, *args: Any, bounds: Bounds, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bounds = bounds
        choices = [(body, body) for body in bounds.bodies]
        if len(choices) > 1:
            choices = [("", gettext("選択してください")), *choices]
        self.fields["body"].choices = choices  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        return self._read("name", read_text)

    def clean_kana(self) -> str:
        return self._read("kana", read_kana)

    def clean_title(self) -> str:
        return self._read("title", read_text)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if not self.errors:
            for field, fault in faults(self.entry(), self.bounds).items():
                self.add_error(field, str(FAULT_TEXTS[fault]))
        return values

    def entry(self) -> Entry:
        """The person of the valid form."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "drop"}
        return Entry(**said | {"roles": tuple(said["roles"])})

    def is_left_out(self) -> bool:
        """Whether nothing was typed, or the person is to be dropped."""
        typed = [self.data.get(self.add_prefix(name), "") for name in ("name", "kana", "title")]
        return bool(self.data.get(self.add_prefix("drop"))) or not any(text.strip() for text in typed)

    def _read(self, field: str, read: Any) -> str:
        try:
            found: str = read(self.cleaned_data[field], self.fields[field].max_length)  # type: ignore[attr-defined]
        except ValueError as error:
            raise forms.ValidationError(str(FAULT_TEXTS[Fault(str(error))])) from None
        return found


class People:
    """All forms of a page. Built from what was sent, or from what is kept."""

    def __init__(self, forms_: Sequence[PersonForm], problems: Sequence[str] = ()) -> None:
        self.forms = forms_
        self.problems = list(problems)
        """What of a file could not become a form, line by line."""

    @property
    def can_grow(self) -> bool:
        """Whether one more fits on the page."""
        return len(self.forms) < MOST_ROWS

    def errors(self) -> list[tuple[int, Any, str, Any]]:
        """Number of the person, label, address of the field, sentence: for the summary."""
        found: list[tuple[int, Any, str, Any]] = []
        for number, form in enumerate(self.forms, start=1):
            for field in form:
                address = f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label
                found += [(number, field.label, address, error) for error in field.errors]
        return found

    def entries(self) -> list[Entry] | None:
        """The people, without those left out; None while something is wrong."""
        used = [form for form in self.forms if not form.is_left_out()]
        valid = [form.is_valid() for form in used]
        if not all(valid) or self.problems:
            return None
        entries = [form.entry() for form in used]
        for place in names_twice(entries):
            used[place].add_error("name", gettext("同じ人がほかの行にもいます。"))
        return None if names_twice(entries) else entries


def kept_people(kept: Sequence[RosterRow], bounds: Bounds) -> People:
    """The people as they are kept, and an empty form after them."""
    made = [_unbound(place, _initial(row), bounds) for place, row in enumerate(kept)]
    if not made:
        made.append(_unbound(0, {}, bounds))
    return People(made)


def sent_people(data: Mapping[str, Any], bounds: Bounds, *, more: int = 0) -> People:
    """The people as they were sent, and ``more`` empty forms."""
    count = str(data.get("people", ""))
    number = min(int(count), MOST_ROWS) if count.isascii() and count.isdecimal() and len(count) < 4 else 0
    made = [PersonForm(data, prefix=f"p{place}", bounds=bounds) for place in range(number)]
    empty = [_unbound(number + place, {}, bounds) for place in range(min(more, MOST_ROWS - number))]
    return People([*made, *empty])


def people_of_file(data: Any, stream: IO[bytes], bounds: Bounds) -> People:
    """The people as they were sent, and after them the rows of a CSV file, each judged in its own form.

    ``FileError`` for a file that cannot be read at all.
    """
    seen = inspect(stream)
    places = columns_of(seen.header)
    lacking = [COLUMNS[field][0] for field in NEEDED_COLUMNS if field not in places]
    if lacking:
        told = gettext("見出しに次の列がありません：{columns}").format(columns="、".join(lacking))
        return People(sent_people(data, bounds).forms, [told])
    typed = sent_people(data, bounds)
    filled = [form for form in typed.forms if not form.is_left_out()]
    merged = _renumbered(filled)
    problems: list[str] = []
    stream.seek(0)
    found = rows(decoded(iter(stream.readline, b""), seen.encoding), seen.delimiter)
    next(found, None)
    number = len(filled)
    for row in found:
        if row.is_broken or len(row.cells) < len(seen.header):
            problems.append(
                gettext("{line}行目：列の数が合いません。「{text}」").format(line=row.line, text="、".join(row.cells))
            )
        elif number >= MOST_ROWS:
            problems.append(gettext("{line}行目：1つの名簿は{most}人までです。").format(line=row.line, most=MOST_ROWS))
        else:
            values, unread = _cells(row.cells, places, bounds)
            problems += [gettext("{line}行目：{text}").format(line=row.line, text=one) for one in unread]
            merged |= {f"p{number}-{name}": cells for name, cells in values.items()}
            number += 1
    merged["people"] = [str(number)]
    people = sent_people(_Query(merged), bounds)
    for form in people.forms:
        form.is_valid()
    return People(people.forms, problems)


class _Query(dict[str, list[str]]):
    """What was sent, as Django's widgets read it: a list a name."""

    def get(self, name: str, default: Any = None) -> Any:
        return self[name][-1] if self.get_list(name) else default

    def get_list(self, name: str) -> list[str]:
        return dict.get(self, name) or []

    getlist = get_list


def _renumbered(kept: Sequence[PersonForm]) -> dict[str, list[str]]:
    merged: dict[str, list[str]] = {}
    for place, form in enumerate(kept):
        for name in form.fields:
            sent = form.data.getlist(form.add_prefix(name))  # type: ignore[attr-defined]  # a QueryDict
            if sent:
                merged[f"p{place}-{name}"] = list(sent)
    return merged


def _cells(cells: Sequence[str], places: Mapping[str, int], bounds: Bounds) -> tuple[dict[str, list[str]], list[str]]:
    """What a row's cells put into a form, and what no form can show."""
    written = {field: cells[place].strip() for field, place in places.items()}
    roles, unknown = roles_in(written["roles"])
    problems = [gettext("担当業務「{word}」は読み取れません。").format(word=word) for word in unknown]
    if written["body"] not in bounds.bodies:
        problems.append(
            gettext("所属法人「{word}」は、この施設の運営者の法人ではありません。").format(word=written["body"])
        )
    values = {field: [text] for field, text in written.items()} | {"roles": roles}
    for field in ("starts_on", "ends_on", "trained_on"):
        if text := written.get(field):
            day = _day(text)
            values[field] = [day]
            if not day:
                problems.append(gettext("「{word}」は日付として読み取れません。").format(word=text))
    return values, problems


def _day(text: str) -> str:
    """As a date picker shows it; empty for what is no day."""
    try:
        return parse_date(text).isoformat()
    except WarekiError:
        return ""


def _unbound(place: int, initial: Mapping[str, Any], bounds: Bounds) -> PersonForm:
    return PersonForm(prefix=f"p{place}", initial=dict(initial), bounds=bounds)


def _initial(row: RosterRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in PersonForm.base_fields if name != "drop"} | {"fault": row.fault}
