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
    "unreadable_number": _("登録番号は A-000123-0 の形で入力してください。"),
    "mistyped_number": _("登録番号の最後の数字が合いません。番号をもう一度確かめてください。"),
    "kana_needed": _("名前は、かな（ひらがな・カタカナ）で入力してください。"),
    "kana_too_short": _("名前のかなは{least}文字以上入力してください。"),
    "unreadable_phone": _("電話番号は、市外局番からすべての数字を入力してください。"),
    "no_such_card": _("お探しの登録証はありません。"),
    "not_card_officer": _("重複確認は、登録証担当の職員だけが行えます。"),
    "check_purpose_missing": _("確認の目的を選択してください。"),
    "identity_not_checked": _("本人確認が済んでいることを確かめ、チェックを付けてください。"),
    "checks_too_often": _(
        "重複確認の回数が上限に達しました。時間をおいてください。上限を超えたことは市に記録されます。"
    ),
    "check_over": _("この確認結果の表示期限が過ぎました。もう一度、重複確認を行ってください。"),
    "card_not_checked": _("交付の前に、重複確認を行ってください。"),
    "senior_card_exists": _("有効な登録証がすでにあります。既存の登録証をご利用ください。"),
    "senior_card_unresolved": _("似た登録証があり、別人であることの確認が済んでいません。照会の回答をお待ちください。"),
    "senior_keys_missing": _(
        "重複確認の鍵が設定されていないため、確認できません。市の情報政策担当に連絡してください。"
    ),
}
