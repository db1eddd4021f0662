"""The forms of a look at registrants. Whatever is typed goes by POST, never into an address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.compliance.rules.purpose import MOST_NOTE, Purpose, state
from apps.compliance.texts import LookupPurpose
from apps.registrants.rules.search_terms import By, Term, term
from kernel.errors import DomainError
from shared.problems import problem_of

WAYS = [
    (By.KANA, _("氏名・団体名のかな（前方一致）")),
    (By.NUMBER, _("登録番号")),
    (By.PHONE, _("電話番号")),
]


class PurposeForm(forms.Form):
    """Why somebody looks."""

    purpose = forms.ChoiceField(
        label=_("照会の目的"),
        choices=[("", _("選択してください")), *LookupPurpose.choices],
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("照会の目的を選択してください。")),
    )
    note = forms.CharField(
        label=_("具体的な理由"),
        max_length=MOST_NOTE,
        help_text=_("例：窓口での申出により住所の変更を確認するため。氏名や番号は書かないでください。"),
        error_messages={"required": _("具体的な理由を入力してください。")},
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if {"purpose", "note"} <= values.keys():
            try:
                values["stated"] = state(values["purpose"], values["note"])
            except DomainError as error:
                self.refuse(error)
        return values

    def stated(self) -> Purpose:
        """The purpose of the valid form."""
        purpose: Purpose = self.cleaned_data["stated"]
        return purpose

    def refuse(self, error: DomainError, field: str = "") -> None:
        """Tell ``error`` beside the field that it is about."""
        problem = problem_of(error)
        self.add_error(field or problem.field, problem.text)


class LookupForm(PurposeForm):
    """Why, and for whom somebody looks."""

    by = forms.ChoiceField(
        label=_("探し方"),
        choices=WAYS,
        initial=By.KANA,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("探し方を選択してください。")),
        widget=forms.RadioSelect({"class": "choices--row"}),
    )
    word = forms.CharField(
        label=_("探す利用者"),
        max_length=60,
        help_text=_("かなは2文字以上、電話番号は市外局番から。全角・半角、ひらがな・カタカナは問いません。"),
        error_messages={"required": _("探す利用者の番号、かな、電話番号のいずれかを入力してください。")},
        widget=forms.TextInput({"autocomplete": "off", "class": "input--20"}),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if {"by", "word"} <= values.keys():
            try:
                values["term"] = term(By(values["by"]), values["word"])
            except DomainError as error:
                self.refuse(error, "word")
        return values

    def carried(self) -> list[tuple[str, str]]:
        """Names and values as they were sent, for hidden fields that lead back to the list."""
        return [(name, self.data.get(name, "")) for name in self.fields]

    def term(self) -> Term:
        """What the valid form looks for."""
        found: Term = self.cleaned_data["term"]
        return found
