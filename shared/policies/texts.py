"""The sentences for ``shared.policies.errors``, by code."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

ERROR_TEXTS: Final = {
    "policy_out_of_bounds": _("{low}から{high}までの数にしてください。"),
    "policy_in_past": _("今日以降の日を入力してください。"),
    "policy_unknown_place": _("お探しの施設はありません。"),
    "sign_in_no_lock": _("この停止は、もう終わっています。"),
    "second_factor_nothing_to_reset": _("この職員には、解除する認証アプリもパスキーもありません。"),
}
