"""The forms of entering use: shape of the input, and the rules' sentences beside the field they are about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.bookings.models import Booking, DayCount, Outcome, UseRecord
from apps.bookings.queries.day_use import DayAt
from apps.bookings.rules.attendance import WHOLE, Category, check_use, counted
from apps.bookings.services.use.enter import UseEntry
from apps.bookings.templatetags.bookings import in_language
from kernel.errors import DomainError
from shared.problems import problem_of
from shared.web.fields import CountField, DayField
from shared.web.forms import seen_version

MOST_CATEGORIES: Final = 12


class DayForm(forms.Form):
    """Which day is entered or shown."""

    hides_requirement = True
    day = DayField(label=_("日付"), required=False)


class CountsForm(forms.Form):
    """The number fields of a facility's categories (人数の区分), and the version that the page showed."""

    hides_requirement = True
    first_field = ""

    def __init__(self, data: Any, *, categories: Sequence[Category], kept: Any, prefix: str) -> None:
        super().__init__(data, prefix=prefix)
        self.categories = categories
        self.kept_version = kept.version if kept else 0
        for one in categories:
            self.fields[f"n-{one.code}"] = CountField(
                label=in_language(one.name, one.name_en),
                required=False,
                min_value=0,
                initial=kept.counts.get(one.code) if kept else None,
                error_messages={"min_value": _("人数は0人以上で入力してください。")},
            )

    @property
    def counts(self) -> list[forms.BoundField]:
        """The number fields, in the order of the categories."""
        return [self[f"n-{one.code}"] for one in self.categories]

    @property
    def version(self) -> int:
        """The version to be sent back."""
        return self.sent_version if self.is_bound else self.kept_version

    @property
    def sent_version(self) -> int:
        """The version that the sent page had shown."""
        return seen_version({"version": self.data.get(self.add_prefix("version"), "")})

    def typed(self) -> dict[str, int | None]:
        """Category's code -> what was typed."""
        return {one.code: self.cleaned_data.get(f"n-{one.code}") for one in self.categories}

    def tell(self, error: DomainError) -> None:
        """Put a rule's sentence beside the first number."""
        self.add_error(f"n-{self.categories[0].code}", problem_of(error).text)


class UseForm(CountsForm):
    """One booking of the day: came or not, and how many."""

    def __init__(self, data: Any, *, booking: Booking, categories: Sequence[Category], announced: bool = False) -> None:
        kept: UseRecord | None = getattr(booking, "use_record", None)
        super().__init__(data, categories=categories, kept=kept, prefix=f"b{booking.pk.hex}")
        self.booking, self.kept = booking, kept
        self.fields["outcome"] = forms.ChoiceField(
            label=_("来場"),
            required=False,
            choices=[("", _("未入力")), *Outcome.choices],
            initial=kept.outcome if kept else (Outcome.CAME if announced else ""),
            widget=forms.Select(attrs={"class": "input--10"}),
            error_messages={"invalid_choice": _("一覧から選択してください。")},
        )
        if announced and kept is None and len(categories) == 1:
            self.fields[f"n-{categories[0].code}"].initial = booking.headcount

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        outcome = cleaned.get("outcome")
        if self.errors or (not outcome and not any(self.typed().values())):
            return cleaned
        if not outcome:
            self.add_error("outcome", _("来場か不来場かを選択してください。"))
            return cleaned
        try:
            check_use(outcome, self.typed(), self.categories)
        except DomainError as error:
            self.tell(error)
        return cleaned

    def entry(self) -> UseEntry | None:
        """What the valid form enters; None where nothing was typed and nothing is kept."""
        outcome = self.cleaned_data["outcome"]
        return UseEntry(self.booking.pk, outcome, self.typed(), self.sent_version) if outcome else None


class DayCountForm(CountsForm):
    """The individuals of a day (個人利用)."""

    def __init__(self, data: Any, *, at: DayAt) -> None:
        kept: DayCount | None = at.individuals
        super().__init__(data, categories=at.categories, kept=kept, prefix=f"d{at.facility.pk.hex}")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                counted(self.typed(), self.categories)
            except DomainError as error:
                self.tell(error)
        return cleaned


class CountersForm(forms.Form):
    """New headcount categories from a day on: a line each."""

    valid_from = DayField(label=_("適用開始日"), help_text=_("本日以降の日を入力してください。"))
    names = forms.CharField(
        label=_("人数の区分"),
        required=False,
        max_length=1000,
        help_text=_(
            "1行に1つ、表示する順に入力してください（12個まで）。英語の名前は「／」の後に続けます。"
            "例：60歳以上／60 and over。空欄にすると、区分を設けずに合計だけを数えます。"
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean_names(self) -> list[tuple[str, str]]:
        """The lines as (Japanese, English)."""
        lines = [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]
        if len(lines) > MOST_CATEGORIES:
            raise forms.ValidationError(_("区分は12個までです。"))
        parted = [line.replace("/", "／").partition("／") for line in lines]
        found = [(name.strip(), name_en.strip()) for name, _mark, name_en in parted]
        if any(not name or len(name) > 30 or len(name_en) > 40 for name, name_en in found):
            raise forms.ValidationError(_("区分の名前は30文字以内（英語は40文字以内）で入力してください。"))
        return found


def is_whole(categories: Sequence[Category]) -> bool:
    """Whether people are not parted."""
    return [one.code for one in categories] == [WHOLE]
