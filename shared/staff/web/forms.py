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


class CurrentForm(forms.Form):
    """The password of today."""

    current = password_field(_("今のパスワード"), "current-password")


class NewPasskeyForm(CurrentForm):
    """What a new passkey is to be called, and the password of today."""

    name = forms.CharField(
        label=_("パスキーの名前"),
        max_length=40,
        help_text=_("どの機器のものかが後でわかる名前。例：私のスマートフォン、金庫の鍵"),
        error_messages={"required": _("パスキーの名前を入力してください。")},
        widget=forms.TextInput({"class": "input--20"}),
    )
    field_order = ("name", "current")


class CodeForm(forms.Form):
    """A code of the authenticator app, or a recovery code."""

    hides_requirement = True
    code = forms.CharField(
        label=_("確認コード"),
        max_length=40,
        error_messages={"required": _("確認コードを入力してください。")},
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false", "class": "input--10"}
        ),
    )


class FirstCodeForm(CodeForm):
    """The first code of an app that is being set up."""


class ProofForm(CodeForm):
    """A code that proves the second factor; letters are possible, so no keyboard of figures."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].help_text = _("認証アプリに表示された6桁の数字。使えないときは、予備コードを入力します。")
        self.fields["code"].widget.attrs.update({"inputmode": "text", "autocapitalize": "none"})
