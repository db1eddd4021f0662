"""The fields of a file of past uses, with the headings that other systems use."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from apps.bookings.models import PastState
from shared.intake.rules.target import Field

USED: Final = PastState.PERMITTED.value
NOT_USED: Final = PastState.CANCELLED.value
WAIVED: Final = "waived"
PAID: Final = (("yes", _("済み")), ("no", _("未納")), (WAIVED, _("免除")))
PAID_MEANINGS: Final = {
    "済": "yes", "収納済": "yes", "収納済み": "yes", "入金済": "yes", "納付済": "yes", "1": "yes",
    "未": "no", "未収": "no", "未入金": "no", "未納付": "no", "0": "no",
}  # fmt: skip

USES: Final = (
    Field("number", _("予約番号"), ("予約番号", "受付番号", "申請番号", "許可番号", "予約NO", "NO"), is_required=True),
    Field(
        "registrant",
        _("利用者の番号"),
        ("利用者番号", "利用者ID", "利用者コード", "登録番号", "団体番号", "団体ID", "会員番号"),
    ),
    Field("day", _("利用日"), ("利用日", "使用日", "利用年月日", "使用年月日", "日付"), is_required=True),
    Field("facility", _("施設"), ("施設", "施設名", "館名")),
    Field("room", _("室場"), ("室場", "室場名", "部屋", "部屋名", "室名", "利用室", "場所"), is_required=True),
    Field("starts", _("開始時刻"), ("開始時刻", "開始時間", "利用開始時刻", "開始", "FROM")),
    Field("ends", _("終了時刻"), ("終了時刻", "終了時間", "利用終了時刻", "終了", "TO")),
    Field("slot", _("利用区分（午前など）"), ("利用区分", "時間区分", "区分", "時間帯", "コマ")),
    Field("purpose", _("利用目的"), ("利用目的", "使用目的", "目的")),
    Field("event", _("行事名・内容"), ("行事名", "催物名", "内容", "利用内容", "件名")),
    Field("headcount", _("人数"), ("人数", "利用人数", "利用者数", "使用人数", "参加人数", "実績人数")),
    Field(
        "state",
        _("結果"),
        ("状態", "予約状態", "結果", "ステータス", "利用状況"),
        choices=tuple((state.value, state.label) for state in PastState),
        meanings={
            "許可": USED, "承認": USED, "利用済": USED, "利用済み": USED, "使用済": USED, "予約": USED, "確定": USED,
            "完了": USED, "1": USED, "取消し": NOT_USED, "キャンセル": NOT_USED, "中止": NOT_USED, "取り消し": NOT_USED,
            "未利用": NOT_USED, "9": NOT_USED, "不承認": PastState.REFUSED.value, "却下": PastState.REFUSED.value,
        },
    ),
    Field("fee", _("使用料（円）"), ("使用料", "利用料金", "料金", "使用料金", "利用料", "金額", "請求額")),
    Field("paid", _("収納額（円）"), ("収納額", "入金額", "納付額", "支払額", "領収額")),
    Field(
        "is_paid",
        _("収納の状況"),
        ("収納状況", "入金状況", "収納区分", "支払状況", "納付状況"),
        choices=PAID,
        meanings=PAID_MEANINGS,
    ),
)  # fmt: skip
