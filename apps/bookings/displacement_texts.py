"""The sentences for ``apps.bookings.displacement_errors``, by code."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

DISPLACEMENT_TEXTS: Final = {
    "displacement_spans": _("使用する期間を1つ以上入力してください。"),
    "displacement_too_long": _("一度に登録できるのは1年間までです。期間を分けてください。"),
    "displacement_rooms": _("使用する室場を選択してください。"),
    "unknown_displacement": _("お探しの行政使用はありません。"),
    "displacement_state": _("この行政使用は、ほかの操作により先に進みました。最新の内容をご確認ください。"),
    "displacement_order_over": _("市がこの依頼を終了しました。行政使用を取りやめるか、市の担当課にご確認ください。"),
    "displacement_hits": _(
        "確認した後に、予約が{count}件変わりました（新しい予約・変更・取消し）。何も行っていません。"
        "探し直して、変わった予約を確認してください。"
    ),
    "displacement_choice": _("措置を選択していない予約が{count}件あります（受付番号{number}ほか）。"),
    "displacement_consent": _(
        "移す予約のうち、利用者の承諾を記録していないものが{count}件あります（受付番号{number}ほか）。"
    ),
    "displacement_annex": _(
        "一緒に利用する室場の予約を取り消すため、この附属の室場の予約だけを残したり移したりすることはできません。"
        "「取り消す」を選択してください。"
    ),
    "displacement_proposal": _("その移り先は候補にありません。探し直してください。"),
    "stopped_for_public_use": _(
        "この時間帯は、市の緊急の使用のため受付を止めています。別の室場か時間帯を選択してください。"
    ),
}
