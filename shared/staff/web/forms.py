"""Forms about somebody's own account: the shape of the input only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from shared.staff.rules.policy import Policy


def password_field(label: Any, autocomplete: str, **options: Any) -> forms.CharField:
    """A password as it is typed."""
    return forms.CharField(
        label=label,
        max_length=1000,
        strip=False,
        error_messages={"required": _("パスワードを入力してください。")},
        widget=forms.PasswordInput({"autocomplete": autocomplete, "class": "input--20"}),
        **options,
    )


class OwnPasswordForm(forms.Form):
    """The password of today, and a new one, twice."""

    current = password_field(_("今のパスワード"), "current-password")
    password = password_field(_("新しいパスワード"), "new-password")
    again = password_field(_("新しいパスワード（確認のためもう一度）"), "new-password")

    def __init__(self, *args: Any, policy: Policy, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["password"].help_text = _hint(policy)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if "password" in values and "again" in values and values["password"] != values["again"]:
            self.add_error("again", _("上に入力したパスワードと違います。"))
        return values


def _hint(policy: Policy) -> Any:
    told = format_lazy(_("{least}文字以上。"), least=policy.least_length)
    if policy.kinds > 1:
        mixed = _("英大文字・英小文字・数字・記号のうち{kinds}種類以上。")
        told = format_lazy("{}{}", told, format_lazy(mixed, kinds=policy.kinds))
    return format_lazy("{}{}", told, _("IDや氏名、施設や予約に関する言葉、年、キーの並びを主にしたものは使えません。"))
