"""What can be wrong with a row of a file of past uses, by code."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

ROW_TEXTS: Final = {
    "row_no_registrant": _("この番号の利用者は取り込まれていません。先に利用者を取り込んでください。"),
    "row_no_registrant_given": _("利用者の番号がありません。登録のない利用として取り込みます。"),
    "row_day_ahead": _("これからの予約は、履歴として取り込めません。窓口予約に入力してください。"),
    "row_no_hours": _("時間がわかりません。コマ数には数えず、件数と人数だけを数えます。"),
    "row_month_closed": _("締め済みの月の利用です。月の締めを取り消してから、この行をもう一度読んでください。"),
    "row_fee_waived": _("免除とあるため、使用料は0円とします。"),
    "row_ends_before": _("終了時刻が開始時刻より後ではありません。"),
}
