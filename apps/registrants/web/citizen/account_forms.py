"""Forms about an account: the shape of the input only."""

from __future__ import annotations

import unicodedata
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError
from shared.accounts.signing_up import readable_login
from shared.problems import problem_of

PASSWORD_HINT: Final = _("10文字以上。数字だけのもの、IDやメールアドレスに似たもの、推測されやすいものは使えません。")
NO_PASSWORD: Final = {"required": _("パスワードを入力してください。")}


def password_field(label: Any, autocomplete: str, **options: Any) -> forms.CharField:
    """A password as it is typed."""
    return forms.CharField(
        label=label,
        max_length=1000,
        strip=False,
        error_messages=dict(NO_PASSWORD),
        widget=forms.PasswordInput({"autocomplete": autocomplete, "class": "input--20"}),
        **options,
    )


class AddressField(forms.EmailField):
    """An e-mail address, in either width."""

    def __init__(self, **options: Any) -> None:
        widget = forms.EmailInput({"autocomplete": "email", "spellcheck": "false"})
        errors = {"required": _("メールアドレスを入力してください。")}
        super().__init__(max_length=254, widget=widget, error_messages=errors, **options)

    def to_python(self, value: Any) -> str | None:
        return super().to_python(unicodedata.normalize("NFKC", value) if isinstance(value, str) else value)


class AddressForm(forms.Form):
    """Where a link is to be mailed."""

    email = AddressField(label=_("メールアドレス"), help_text=_("例：namae@example.jp"))


class NewPasswordForm(forms.Form):
    """A password, twice."""

    password = password_field(_("新しいパスワード"), "new-password", help_text=PASSWORD_HINT)
    again = password_field(_("新しいパスワード（確認のためもう一度）"), "new-password")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if "password" in values and "again" in values and values["password"] != values["again"]:
            self.add_error("again", _("上に入力したパスワードと違います。"))
        return values


class OpeningForm(NewPasswordForm):
    """ID and password of a new account."""

    login_id = forms.CharField(
        label=_("ID"),
        max_length=60,
        help_text=_("英小文字・数字・「.」「_」「-」の4〜30文字。お名前や電話番号は使わないでください。"),
        error_messages={"required": _("IDを入力してください。")},
        widget=forms.TextInput(
            {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "class": "input--20"}
        ),
    )
    field_order = ["login_id", "password", "again"]

    def clean_login_id(self) -> str:
        """The ID, told with all else that is wrong. Whether it is free is the service's business."""
        try:
            return readable_login(self.cleaned_data["login_id"])
        except DomainError as error:
            raise ValidationError(problem_of(error).text) from None


class SlipForm(NewPasswordForm):
    """The number on a desk's slip, and a new password."""

    code = forms.CharField(
        label=_("再設定番号"),
        max_length=60,
        help_text=_("窓口で受け取った用紙の番号。例：7KQM-2WXB-H4TN-9CDE"),
        error_messages={"required": _("再設定番号を入力してください。")},
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "input--20"}
        ),
    )
    field_order = ["code", "password", "again"]


class ChangePasswordForm(NewPasswordForm):
    """The password of today, and a new one."""

    current = password_field(_("今のパスワード"), "current-password")
    field_order = ["current", "password", "again"]


class ChangeAddressForm(AddressForm):
    """The password, and the address to be."""

    current = password_field(_("今のパスワード"), "current-password")
    field_order = ["email", "current"]


class EndingForm(forms.Form):
    """The password, and that it is meant."""

    current = password_field(_("今のパスワード"), "current-password")
    is_meant = forms.BooleanField(
        label=_("アカウントを削除し、元に戻せないことを理解しました"),
        error_messages={"required": _("確認のため、チェックを入れてください。")},
    )
