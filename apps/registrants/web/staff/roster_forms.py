"""The roster (構成員名簿) as the desk types it: rows with boxes, and a box into which a spreadsheet is pasted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from apps.registrants.group_texts import LINE_TEXTS
from apps.registrants.models import GroupMember, Residence
from apps.registrants.rules.entry import read_kana
from apps.registrants.rules.roster import repeated
from apps.registrants.rules.roster_entry import (
    KANA_LIMIT,
    MOST_MEMBERS,
    NAME_LIMIT,
    Born,
    MemberEntry,
    read_born,
)
from apps.registrants.rules.roster_paste import COLUMNS, Line, read_pasted
from apps.registrants.web.fields import EntryField, LineField, PhoneField
from kernel import clock
from kernel.wareki import format_date

BLANK_ROWS: Final = 5
"""Rows that a new roster begins with, and that are added at once."""
COUNT: Final = "roster-count"
PASTED: Final = "pasted"
Texts = Mapping[str, str]


class RosterRow(forms.Form):
    """One member. A row without any text is no member; ``drop`` takes one off the roster."""

    name = LineField(limit=NAME_LIMIT, label=_("氏名"))
    kana = EntryField(lambda typed: read_kana(typed, limit=KANA_LIMIT), label=_("フリガナ"), required=False)
    born = EntryField(lambda typed: read_born(typed, clock.today()), label=_("生年月日又は年齢"), required=False)
    residence = forms.ChoiceField(
        label=_("居住区分"),
        choices=[("", "----"), *Residence.choices],
        error_messages={
            "required": _("居住区分を選択してください。"),
            "invalid_choice": _("一覧から選択してください。"),
        },
    )
    phone = PhoneField(label=_("電話番号（連絡担当者）"), required=False)
    use_required_attribute = False
    drop = forms.BooleanField(label=_("外す"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in COLUMNS:
            self.fields[name].widget.attrs |= {"aria-label": self.fields[name].label, "autocomplete": "off"}
        self.fields["residence"].widget.attrs.pop("autocomplete")

    def entry(self) -> MemberEntry:
        """The member of the valid row."""
        values = self.cleaned_data
        born = values["born"] or Born()
        return MemberEntry(values["name"], values["kana"], born, values["residence"], values["phone"])


class Roster:
    """The rows of a page, and what remains in the box for pasting."""

    def __init__(
        self, rows: Iterable[Texts], *, judged: bool, pasted: str = "", faults: Sequence[Line] = (), filled: int = 0
    ) -> None:
        self.rows = [_row(place, texts, judged=judged) for place, texts in enumerate(rows)]
        self.pasted = pasted
        self.faults = [(line.number, LINE_TEXTS[line.fault]) for line in faults if line.fault]
        self.filled = filled
        """How many rows were filled by pasting."""

    @classmethod
    def of(cls, members: Sequence[GroupMember]) -> Roster:
        """The roster as it is registered, with room for more."""
        return cls([*map(_texts_of, members), *_blank(1 if members else BLANK_ROWS)], judged=False)

    @classmethod
    def empty(cls) -> Roster:
        """Empty rows to begin with."""
        return cls(_blank(BLANK_ROWS), judged=False)

    @classmethod
    def typed(cls, data: Any) -> Roster:
        """The roster as it was sent, not judged yet."""
        return cls(_typed(data) or _blank(BLANK_ROWS), judged=False, pasted=data.get(PASTED, ""))

    @classmethod
    def with_more_rows(cls, data: Any) -> Roster:
        """What was sent, not judged yet, with more empty rows."""
        rows = _typed(data)
        more = min(BLANK_ROWS, MOST_MEMBERS - len(rows))
        return cls([*rows, *_blank(more)], judged=False, pasted=data.get(PASTED, ""))

    @classmethod
    def with_pasted(cls, data: Any) -> Roster:
        """What was sent with the pasted lines in rows of their own; lines that cannot be read stay in the box."""
        rows = _typed(data)
        pasted = read_pasted(data.get(PASTED, ""), clock.today(), room=MOST_MEMBERS - len(rows))
        new = [dict(zip(COLUMNS, line.cells, strict=True)) for line in pasted.lines if line.fault is None]
        bad = [line for line in pasted.lines if line.fault is not None]
        kept = [pasted.heading] if bad and pasted.heading else []
        first = 1 + len("\n".join(kept).splitlines())
        left = "\n".join([*kept, *(line.text for line in bad)])
        return cls([*rows, *new], judged=True, pasted=left, faults=_numbered(bad, first), filled=len(new))

    @property
    def can_grow(self) -> bool:
        """Whether there is room for another row."""
        return len(self.rows) < MOST_MEMBERS

    def is_valid(self) -> bool:
        """Whether every row is a member, none of them twice, and every pasted line became a row."""
        wrong = [row for row in self.rows if not row.is_valid()]
        return not wrong and not self._repeats() and not self.faults

    def entries(self) -> tuple[MemberEntry, ...]:
        """The members of the valid rows."""
        return tuple(row.entry() for row in self.rows)

    def _repeats(self) -> bool:
        """Tell whoever stands twice beside the second row."""
        today = clock.today()
        found = repeated([row.entry().member(today) for row in self.rows])
        for place, first in found.items():
            told = __("%(row)s行目と同じ人のようです。どちらかを外すか、両方の生年月日を入力してください。")
            self.rows[place].add_error("name", told % {"row": first + 1})
        return bool(found)


def _numbered(lines: Iterable[Line], first: int) -> list[Line]:
    """The lines with their numbers in the box, where they stand below one another from ``first`` on."""
    numbered = []
    for line in lines:
        numbered.append(Line(first, line.text, fault=line.fault))
        first += len(line.text.splitlines())
    return numbered


def _row(place: int, texts: Texts, *, judged: bool) -> RosterRow:
    prefix = f"roster-{place}"
    if not judged:
        return RosterRow(prefix=prefix, initial=dict(texts))
    return RosterRow({f"{prefix}-{name}": text for name, text in texts.items()}, prefix=prefix)


def _texts_of(member: GroupMember) -> Texts:
    born = format_date(member.birth_date) if member.birth_date else ""
    age = "" if member.age is None else f"{member.age}歳"
    return {
        "name": member.name,
        "kana": member.kana,
        "born": born or age,
        "residence": member.residence,
        "phone": member.phone,
    }


def _blank(count: int) -> list[Texts]:
    return [dict.fromkeys(COLUMNS, "") for _ in range(count)]


def _typed(data: Any) -> list[Texts]:
    rows = [(data, f"roster-{place}-") for place in range(_count(data))]
    texts = [
        {name: str(sent.get(prefix + name, "")).strip() for name in COLUMNS}
        for sent, prefix in rows
        if f"{prefix}drop" not in sent
    ]
    return [row for row in texts if any(row.values())]


def _count(data: Any) -> int:
    text = str(data.get(COUNT, ""))
    return min(int(text), MOST_MEMBERS) if text.isascii() and text.isdecimal() and len(text) < 5 else 0
