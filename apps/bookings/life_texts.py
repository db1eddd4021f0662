"""The sentences for ``apps.bookings.life_errors``, by code."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

SCOPES: Final = {
    "room": _("この室場"),
    "rooms": _("この区分の室場"),
    "facility": _("この施設"),
    "tenant": _("この施設（全館）"),
}
PERIODS: Final = {"day": _("1日"), "week": _("週間"), "month": _("月間")}
COUNTED: Final = _("{scope}の{period}の申込は{{most}}回までです（現在{{now}}回）。")
SLOTTED: Final = _("{scope}の{period}の申込は{{most}}コマまでです（現在{{now}}コマ）。")


def _limits() -> dict[str, str | Promise]:
    texts: dict[str, str | Promise] = {}
    for scope, place in SCOPES.items():
        for period, span in PERIODS.items():
            texts[f"limit_{scope}_{period}_count"] = format_lazy(COUNTED, scope=place, period=span)
            texts[f"limit_{scope}_{period}_slots"] = format_lazy(SLOTTED, scope=place, period=span)
    return texts


LIFE_ERROR_TEXTS: Final[dict[str, str | Promise]] = {
    **_limits(),
    "limit_reached": _("申込の制限に達しています。"),
    "too_many_holds": _(
        "同時に仮押えできるのは{most}件までです（現在{now}件）。先の仮押えを申し込むか、取り消してください。"
    ),
    "too_many_pending": _("未確定の予約は{most}件までです（現在{now}件）。"),
    "too_many_unpaid": _("未払いの予約は{most}件までです（現在{now}件）。使用料を納めると、次の申込みができます。"),
    "too_many_ahead": _("利用前の予約は{most}件までです（現在{now}件）。"),
    "same_time": _("同じ時間に、ほかの予約があります。"),
    "too_many_slots": _("続けて申し込めるのは{most}コマまでです。"),
    "too_few_people": _("この施設は{least}人以上で利用できます。"),
    "not_by_portal": _("この手続はインターネットではできません。施設の窓口にご連絡ください。"),
    "too_late_for_this": _("期限（{until}）を過ぎたため、この手続はできません。施設の窓口にご連絡ください。"),
    "unknown_cause": _("取消しの事由を選択してください。"),
    "terms_day_over": _("今日以降の日を入力してください。"),
    "terms_value": _("入力できる範囲の数を入力してください。"),
    "unknown_terms": _("取り下げられる定めはありません。"),
    "nothing_changes": _("今の予約と同じです。変更後の日時か室場を選択してください。"),
    "change_asked": _("この変更の申請は、すでに処理されたか、ほかの申請を待っています。"),
    "suspended_here": _("この施設は{last}まで利用停止のため、予約できません。"),
    "suspended_here_without_end": _("この施設は利用停止のため、予約できません。"),
    "unknown_proposal": _("お探しの措置の案は見つからないか、すでに決定されています。"),
    "empty_series": _("1件から{most}件までの日を選択してください。"),
    "unknown_series": _("お探しの定期利用はありません。"),
    "not_waitable": _("この時間帯は空き待ちの対象ではありません。空き状況をご確認ください。"),
    "too_many_waits": _("空き待ちは{most}件までです。"),
}
