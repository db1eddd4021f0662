"""The sentences about refunds and due dates: errors by code, what a share follows from, how the money stands."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

REFUND_TEXTS: Final = {
    "nothing_to_refund": _("この予約に、これから決定する還付はありません。"),
    "refund_changed": _("還付する額が{amount}円に変わりました。内容を確認してから、もう一度決定してください。"),
    "refund_reason": _("還付率を変えるときは、理由を入力してください。"),
    "refund_share": _("還付率は0から100までの整数で入力してください。超過した額は全額を還付します。"),
    "unknown_refund": _("お探しの還付はありません。"),
    "refund_handed_out": _("すでに支払った還付は取り下げられません。"),
    "too_much_handed_out": _("支払う額は、1円以上、還付未済の額以内で入力してください。"),
    "not_a_fee_to_offset": _("同じ利用者の、未納の予約を選択してください。"),
    "refund_decided": _("還付や充当をした収納は取り消せません。"),
    "nothing_overdue": _("納付期限を過ぎた未納の予約を選択してください。"),
}
"""By the code of ``apps.bookings.refund_errors``."""

BASIS_TEXTS: Final = {
    "excess": _("納めた額が使用料を超えるため"),
    "facility": _("施設・公用の都合による取消し"),
    "refusal": _("許可に至らなかったため"),
    "revocation": _("許可の取消し"),
    "cause": _("取消しの事由「{cause}」"),
    "days": _("利用日の{left}日前の取消し（{days}日前までの率）"),
    "days_none": _("利用日の{left}日前の取消し（表にある期限を過ぎたため）"),
}
"""What a share follows from."""
