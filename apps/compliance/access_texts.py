"""The sentences for ``access_errors``, and the words of the history of who may come in."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

ACCESS_ERROR_TEXTS: Final = {
    "access_not_a_network": _("アドレスか範囲を入力してください。例：203.0.113.0/24、2001:db8::/48"),
    "access_host_bits": _("範囲の先頭のアドレスではありません。{network} のことですか。"),
    "access_mapped_network": _("IPv4の範囲は、IPv4の形で入力してください。"),
    "access_wide_network": _("とても広い範囲です。この範囲でよければ、下の確認に印を付けてください。"),
    "access_locks_out": _(
        "最近使われた接続元のうち{number}件が、接続元だけでは入れなくなります。それでよければ、確認に印を付けてください。"
    ),
    "access_nobody_left": _(
        "選んだ方法で登録されたものがないため、だれも窓口に入れなくなります。それでよければ、確認に印を付けてください。"
    ),
    "access_listed_already": _("すでに登録されています。"),
    "access_not_listed": _("すでに終わっているか、登録がありません。"),
    "access_not_a_fingerprint": _("証明書のSHA-256の値（16進数64桁）を入力してください。"),
    "access_days_backwards": _("終わりの日は、始まりの日と今日より後にしてください。"),
    "access_grant_too_long": _("緊急許可は{hours}時間までです。"),
    "access_reason_too_short": _("理由は{least}文字以上で入力してください。"),
    "access_wrong_code": _("番号が違うか、使用済みか、期限を過ぎています。市の担当課に、新しい番号を求めてください。"),
    "access_no_such_tenant": _("お探しの施設はありません。"),
}


class AccessAct(TextChoices):
    """What was done about who may come in, in the history."""

    WAYS = "ways", _("接続の条件を変更")
    NETWORK_ADDED = "network_added", _("範囲を追加")
    NETWORK_REMOVED = "network_removed", _("範囲を削除")
    TERMINAL_ADDED = "terminal_added", _("端末を台帳に登録")
    TERMINAL_CODE = "terminal_code", _("端末の登録番号を発行")
    TERMINAL_REVOKED = "terminal_revoked", _("端末の登録を取消し")
    CERTIFICATE_ADDED = "certificate_added", _("証明書を追加")
    CERTIFICATE_REMOVED = "certificate_removed", _("証明書を削除")
    GRANTED = "granted", _("緊急許可")
    GRANT_ENDED = "grant_ended", _("緊急許可を打切り")
