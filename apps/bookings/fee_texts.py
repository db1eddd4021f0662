"""The sentences about fees: errors by code, what is wrong with a table, and the lines of a fee by key."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

FEE_TEXTS: Final = {
    "no_price": _("この利用の料金が料金表にありません。"),
    "unknown_reduction": _("減免の事由を選択してください。"),
    "unknown_equipment": _("その設備はありません。設備を選び直してください。"),
    "bad_table": _("料金表に誤りがあります。"),
    "table_in_force": _("すでに適用された料金表や、予約の料金の計算に使われた料金表は変えられません。"),
    "fee_changed": _("料金が{total}円に変わりました。料金を確認してから、もう一度「申し込む」を押してください。"),
    "unknown_fee_table": _("お探しの料金表はありません。"),
    "no_reduction_asked": _("決定を待っている減免の申請はありません。"),
    "reduction_asked": _("この予約の減免は、すでに申請されています。"),
    "evidence_missing": _("証明書類を確認してから承認してください。"),
    "nothing_owed": _("この予約に、納めていただく額はありません。"),
    "too_much_received": _("収納する額は、1円以上、未納の額以内で入力してください。"),
    "day_closed": _("この日の日計は締められています。収納や取消しはできません。"),
    "cash_day": _("日計を締められません。すでに締めたか、内容が変わりました。最新の内容をご確認ください。"),
    "difference_unexplained": _("現金と日計が{difference}円違います。理由を入力してください。"),
    "unknown_payment": _("お探しの領収書はありません。"),
}
"""By the code of ``apps.bookings.errors``."""

REASON_TEXTS: Final = {
    "no_price_for": _("「{label}」の料金がありません。"),
    "no_price_at_all": _("料金が入力されていません。"),
    "cheaper_than_a_part": _("「{label}」の料金が、その一部だけを使う料金より安くなっています。"),
    "first_cell": _("料金の行は、左端の欄（平日・市内）から入力してください。"),
    "unknown_label": _("「{label}」という行はありません。"),
    "no_unit": _("1単位のコマ数は1以上で入力してください。"),
    "bad_amount": _("金額は0円以上の整数で入力してください。"),
    "code_twice": _("同じ名称の行が2つあります。"),
    "always_due": _("「{label}」に、適用する場合が1つも選ばれていません。"),
    "bad_ratio": _("「{label}」の割合が正しくありません。"),
    "ratio_or_hour": _("「{label}」には、割合か1時間あたりの額のどちらか一方を入力してください。"),
    "no_article": _("「{label}」の根拠条項を入力してください。"),
    "no_scope": _("「{label}」で減免するもの（室料・設備・冷暖房）を選択してください。"),
    "bad_season": _("期間「{label}」は、月日を 11-01 の形で入力してください。"),
}
"""By the ``reason`` of ``BadTableError``."""

LINE_TEXTS: Final = {
    "base_slot": _("室料　{label}"),
    "base_through": _("室料　{label}（通し料金）"),
    "base_flat": _("室料"),
    "base_units": _("室料　{detail}単位"),
    "base_hours": _("時間外の利用　{detail}時間"),
    "base_least": _("最低料金との差額"),
    "middle": _("中間時間　{detail}"),
    "middle_free": _("中間時間　{detail}（無料）"),
    "extension": _("延長　{detail}時間"),
    "surcharge_multiply": _("{label}　{ratio}"),
    "surcharge_add": _("{label}　{ratio}"),
    "climate_ratio": _("{label}　室料の{ratio}"),
    "climate_hourly": _("{label}　{detail}時間"),
    "equipment": _("{label}　{detail}"),
    "equipment_ceiling": _("設備の合計の上限　{detail}円"),
    "reduced_reduction": _("減免　{label}　室料の{ratio}"),
    "exempted_reduction": _("免除　{label}　室料"),
    "reduced_climate": _("減免　{label}　冷暖房"),
    "exempted_climate": _("免除　{label}　冷暖房"),
    "reduced_equipment": _("減免　{label}　設備"),
    "exempted_equipment": _("免除　{label}　設備"),
    "rounding": _("端数の処理"),
}
"""By the ``key`` of a line, with its ``label``, ``detail`` and the ratio in words."""
COLUMN_TEXTS: Final = {
    "base": _("基本"),
    "surcharge": _("加算"),
    "reduction": _("減免"),
    "subtotal": _("小計"),
    "climate": _("冷暖房"),
    "equipment": _("設備"),
    "total": _("合計"),
}
PAYMENT_TEXTS: Final = {
    "free": _("無料"),
    "unpaid": _("未収納"),
    "partly": _("一部入金"),
    "paid": _("完納"),
    "over": _("超過（還付が必要）"),
    "refunded": _("還付済"),
    "offset": _("充当"),
    "nothing_back": _("還付なし"),
}
"""By ``PaymentState``."""
