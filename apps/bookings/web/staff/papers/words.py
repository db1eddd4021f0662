"""What the pages call the documents and their blocks."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from apps.bookings.rules.paper_standing import Standing
from apps.bookings.rules.wording_blocks import Block

DOCUMENTS: Final = {
    "application": _("使用許可申請書"),
    "permit": _("使用許可書"),
    "combined": _("申請書兼許可書・許可書兼減免決定通知書"),
    "refusal": _("不許可通知書"),
    "change_application": _("使用変更許可申請書"),
    "change": _("使用変更許可書"),
    "giving_up": _("使用取消届"),
    "cancellation": _("使用取消承認通知書"),
    "revocation": _("使用許可取消通知書"),
    "reduction_application": _("減免申請書"),
    "reduction": _("減免決定通知書"),
    "taken_back": _("行政使用による許可・仮予約の取消通知書"),
    "not_granted": _("行政使用による不許可通知書"),
    "moved": _("行政使用による変更通知書"),
    "measure": _("警告書・利用停止などの通知書"),
    "registration": _("利用者登録の決定・不承認・利用停止・抹消の通知書"),
    "receipt": _("領収書"),
    "payment": _("納入通知書兼納付書"),
    "refund": _("還付請求書"),
    "confirmation": _("内容確認票"),
    "common": _("各文書に共通の文言"),
    "instruction": _("教示"),
    "grounds": _("不許可・許可取消しの事由"),
}
PARTS: Final = {
    "number": _("様式番号"),
    "title": _("表題"),
    "basis": _("根拠規定"),
    "opening": _("前文"),
    "notes": _("備考"),
    "back": _("裏面"),
    "conditions": _("許可の条件"),
    "addressee": _("宛先"),
    "seal": _("公印の表示"),
    "check": _("確認番号の説明"),
    "reduction_title": _("許可書兼減免決定通知書の表題"),
    "reduction_opening": _("許可書兼減免決定通知書の前文"),
    "place": _("納付する場所"),
    "no_due": _("納付期限がないときの文言"),
    "slip": _("切り取る納付書の表題"),
    "fee_opening": _("料金だけを変更するときの前文"),
    "received": _("窓口で受け取るときの文言"),
    "reserved_title": _("仮予約の表題"),
    "reserved_opening": _("仮予約の前文"),
    "applied_title": _("申請中のときの表題"),
    "applied_opening": _("申請中のときの前文"),
    "paid": _("納付済みのときの還付の案内"),
    "unpaid": _("納付がないときの文言"),
    "same_fee": _("料金が増えないことの文言"),
    "refused": _("承認しないときの前文"),
    "no_draw": _("抽選申込停止の表題"),
    "fewer": _("申込数制限の表題"),
    "suspend": _("利用停止の表題"),
    "strike": _("登録抹消の表題"),
    "refused_title": _("不承認の表題"),
    "refused_opening": _("不承認の前文"),
    "suspended_title": _("利用停止の表題"),
    "suspended_opening": _("利用停止の前文"),
    "struck_title": _("登録抹消の表題"),
    "struck_opening": _("登録抹消の前文"),
    "city": _("処分についての教示（直営）"),
    "city_heading": _("処分についての教示（直営）の見出し"),
    "manager": _("処分についての教示（指定管理者）"),
    "manager_heading": _("処分についての教示（指定管理者）の見出し"),
    "fee": _("使用料の徴収についての教示"),
    "fee_heading": _("使用料の徴収についての教示の見出し"),
    "order": _("事由1（公の秩序）"),
    "damage": _("事由2（損傷のおそれ）"),
    "violence": _("事由3（暴力的不法行為）"),
    "management": _("事由4（管理上の支障）"),
}
EMPTY: Final = {
    "addressee": _("空欄のときは、許可権者がそのまま宛先になります。"),
    "seal": _("空欄のときは、公印を押す場所を「印」と示します。"),
    "conditions": _("空欄のときは、条件のない許可になります。"),
}
"""What an empty block means, where that is not plain."""
KINDS: Final = {
    "permit": _("使用許可書"),
    "refusal": _("不許可通知書"),
    "revocation": _("使用許可取消通知書"),
    "change": _("使用変更許可書"),
    "reduction": _("減免決定通知書"),
    "given_up": _("使用取消承認通知書"),
    "receipt": _("領収書"),
    "measure": _("措置の通知書"),
    "refund": _("還付請求書"),
    "displacement": _("行政使用の通知書"),
    "registration": _("利用者登録の通知書"),
}
"""Kinds of document that bear a code."""
STANDINGS: Final = {
    Standing.VALID: (_("有効"), "success", "success", _("この文書は、現在も有効です。")),
    Standing.REPLACED: (
        _("変更あり"),
        "warning",
        "warning",
        _("この文書の後に、内容を変更する文書が交付されています。"),
    ),
    Standing.REVOKED: (_("許可の取消し"), "danger", "error", _("この許可は、取り消されています。")),
    Standing.ENDED: (_("効力なし"), "danger", "error", _("この文書の対象となった予約は、取り消されています。")),
    Standing.VOID: (_("取消し"), "danger", "error", _("この領収は、取り消されています。")),
}
"""Badge with its tone, tone of the notice, and sentence of what became of a document."""
VOID_TEXTS: Final = {"refund": _("この還付の決定は、取り下げられています。")}
"""The sentence of a void document that is no receipt."""
ENDED_TEXTS: Final = {
    "registration": _("この通知の後に、登録の抹消、停止の終了または取消しがありました。"),
}
"""The sentence of an ended document that is of no booking."""


def block_title(block: Block) -> str:
    """許可の条件 of the block."""
    return str(PARTS[block.part])
