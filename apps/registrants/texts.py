"""The sentences for ``apps.registrants.errors``, by code."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

ERROR_TEXTS: Final = {
    "no_such_registrant": _("お探しの利用者登録はありません。"),
    "registration_in_wrong_state": _(
        "この登録の状態では、その処理はできません。画面を開き直して、今の状態を確かめてください。"
    ),
    "stale_registration": _("ほかの人がこの登録を変更しました。画面を開き直して、もう一度入力してください。"),
    "registration_reason_missing": _("理由を入力してください。"),
    "registration_reason_too_long": _("理由は{limit}文字以内で入力してください。"),
    "act_day_in_past": _("過ぎた日は指定できません。今日以降の日を入力してください。"),
    "act_before_registration": _("登録日より前の日は指定できません。"),
    "period_backwards": _("最後の日は、始まる日以降にしてください。"),
    "renewal_not_later": _("新しい有効期限は、今日以降で、今の有効期限より後の日にしてください。"),
    "closing_obstructed": _("先に片付けることが{count}件あるため、抹消できません。"),
    "registration_was_merged": _("この登録は別の登録に統合されています。統合の取消しで元に戻してください。"),
    "unreadable_number": _("登録番号は A-000123-0 の形で入力してください。"),
    "mistyped_number": _("登録番号の最後の数字が合いません。番号をもう一度確かめてください。"),
    "kana_needed": _("名前は、かな（ひらがな・カタカナ）で入力してください。"),
    "kana_too_short": _("名前のかなは{least}文字以上入力してください。"),
    "unreadable_phone": _("電話番号は、市外局番からすべての数字を入力してください。"),
}
