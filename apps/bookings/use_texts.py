"""The sentences for ``apps.bookings.use_errors``, by code."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

USE_ERROR_TEXTS: Final = {
    "use_not_yet": _("利用日より前に実績は入力できません。"),
    "absent_with_people": _("不来場のときは、人数を空欄か0にしてください。"),
    "nobody_came": _("来場のときは、人数を1人以上で入力してください。"),
    "too_many_people": _("人数は{limit}人以下で入力してください。"),
    "unknown_counter": _("この日の人数の区分が変わりました。ページを開き直してください。"),
    "month_closed": _("{month}は締め済みです。直すには、理由を記して締めを取り消してください。"),
    "month_not_over": _("月が終わってから締めてください。"),
    "month_not_closed": _("この月は締められていません。最新の内容をご確認ください。"),
    "use_missing": _("実績が入力されていない予約が{count}件あります。入力してから締めてください。"),
    "counters_in_past": _("適用開始日は本日以降にしてください。"),
    "counters_twice": _("同じ名前の区分があります。"),
}
