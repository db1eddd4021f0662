"""The forms of who may come in from where. A question whether somebody is sure appears only once there is reason to."""

from __future__ import annotations

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from apps.compliance.access_errors import LocksOutError, NobodyLeftError, WideNetworkError
from kernel import clock
from kernel.errors import DomainError
from shared.web.fields import DayField
from shared.web.forms import tell
from tenants.models import AskedWay

DOUBTFUL = (LocksOutError, NobodyLeftError, WideNetworkError)
CIDR_HELP = _("例：203.0.113.0/24、203.0.113.5、2001:db8::/48")
HOURS = [(hours, format_lazy(_("{hours}時間"), hours=hours)) for hours in (1, 4, 8, 24, 48, 72)]


class AccessForm(forms.Form):
    """A change that may have to be confirmed."""

    confirmed = forms.BooleanField(
        label=_("影響を確かめました。このまま進めます。"), required=False, widget=forms.HiddenInput
    )

    def refuse(self, error: DomainError) -> int:
        """Tell ``error``, with the question whether to go on where that is possible; the status of the answer."""
        if isinstance(error, DOUBTFUL):
            self.fields["confirmed"].widget = forms.CheckboxInput()
            self.fields["confirmed"].required = True
        return tell(self, error)


class WaysForm(AccessForm):
    """What is asked of a request."""

    field_order = ["ways", "needs_all", "confirmed"]
    ways = forms.MultipleChoiceField(
        label=_("入るための条件"),
        choices=AskedWay.choices,
        required=False,
        help_text=_("どれも選ばないと、どこからでもログインのページを開けます。"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("条件を選び直してください。")},
    )
    needs_all = forms.TypedChoiceField(
        label=_("条件の合わせ方"),
        choices=[("one", _("選んだ条件のどれか1つ")), ("all", _("選んだ条件のすべて"))],
        coerce=lambda said: said == "all",
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("条件の合わせ方を選択してください。")),
        widget=forms.RadioSelect,
    )


class NetworkForm(AccessForm):
    """An address range."""

    field_order = ["cidr", "note", "starts_on", "ends_on", "confirmed"]
    cidr = forms.CharField(
        label=_("アドレスの範囲"),
        max_length=60,
        help_text=CIDR_HELP,
        error_messages={"required": _("アドレスの範囲を入力してください。")},
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "class": "input--20"}),
    )
    note = forms.CharField(
        label=_("どこの回線か"),
        max_length=100,
        help_text=_("例：福祉センター事務室の専用回線"),
        error_messages={"required": _("どこの回線かを入力してください。")},
    )
    starts_on = DayField(label=_("始まりの日"), initial=clock.today)
    ends_on = DayField(
        label=_("終わりの日"), required=False, help_text=_("この日まで入れます。決まっていなければ空欄。")
    )


class TerminalForm(AccessForm):
    """A terminal of the register."""

    field_order = ["name", "place", "asset_number", "is_lent", "is_fixed", "confirmed"]
    name = forms.CharField(
        label=_("端末の名前"),
        max_length=60,
        help_text=_("例：受付1号機"),
        error_messages={"required": _("端末の名前を入力してください。")},
    )
    place = forms.CharField(
        label=_("置き場所"),
        max_length=60,
        help_text=_("例：1階受付カウンター"),
        error_messages={"required": _("置き場所を入力してください。")},
    )
    asset_number = forms.CharField(label=_("備品番号"), max_length=40, required=False)
    is_lent = forms.BooleanField(label=_("市が貸し出している端末"), required=False, initial=True)
    is_fixed = forms.BooleanField(label=_("ワイヤーで固定している"), required=False)


class CertificateForm(AccessForm):
    """A client certificate."""

    field_order = ["fingerprint", "name", "ends_on", "confirmed"]
    fingerprint = forms.CharField(
        label=_("証明書のSHA-256の値"),
        max_length=200,
        help_text=_("16進数64桁。区切りの : はあってもかまいません。"),
        error_messages={"required": _("証明書のSHA-256の値を入力してください。")},
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    name = forms.CharField(
        label=_("証明書の名前"),
        max_length=60,
        help_text=_("例：受付1号機の証明書"),
        error_messages={"required": _("証明書の名前を入力してください。")},
    )
    ends_on = DayField(
        label=_("有効期限の日"),
        required=False,
        help_text=_("この日まで入れます。"),
    )


class GrantForm(AccessForm):
    """An emergency grant."""

    field_order = ["hours", "cidr", "reason", "confirmed"]
    hours = forms.TypedChoiceField(
        label=_("いまから何時間"),
        choices=HOURS,
        coerce=int,
        error_messages={"required": _("時間を選択してください。"), "invalid_choice": _("時間を選択してください。")},
    )
    cidr = forms.CharField(
        label=_("アドレスの範囲"),
        max_length=60,
        required=False,
        help_text=_("空欄は、どこからでも。分かっているときは必ず入力してください。例：203.0.113.5"),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "class": "input--20"}),
    )
    reason = forms.CharField(
        label=_("理由"),
        max_length=200,
        help_text=_("記録に残ります。氏名は書かないでください。例：専用回線の障害のため、予備回線から接続する。"),
        error_messages={"required": _("理由を入力してください。")},
    )
