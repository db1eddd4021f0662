"""The sentences for ``apps.registrants.errors``, by code."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

ERROR_TEXTS: Final = {
    "no_such_registrant": _("お探しの利用者登録はありません。"),
    "no_such_card": _("お探しのカードはありません。"),
    "card_in_wrong_state": _(
        "このカードの状態では、その処理はできません。画面を開き直して、今の状態を確かめてください。"
    ),
    "stale_card": _("このカードは、ほかの人が先に作り直しました。画面を開き直して、今の枝番を確かめてください。"),
    "card_exists": _("このカードは、すでに申請または交付されています。"),
    "card_holder_not_in_force": _("利用者登録が有効でないため、カードを交付できません。"),
    "card_for_wrong_holder": _("利用者カードは団体に、登録証は個人に交付します。"),
    "card_needs_birth_date": _("生年月日が登録されていないため、年齢を確かめられません。"),
    "card_holder_too_young": _("{age}歳の誕生日の{days}日前から申請できます。"),
    "card_holder_not_resident": _(
        "登録された住所が{city}ではありません。住所を確かめるか、市外の人にも認められる資格区分を選んでください。"
    ),
    "card_special_reason_missing": _("年齢以外の資格で交付する理由を入力してください。"),
    "card_identity_not_checked": _("渡す前に本人確認をして、提示された書類を選んでください。"),
    "card_print_handed_over": _("このカードは、すでに本人に渡しています。作り直すときは再交付をしてください。"),
    "no_cards_to_print": _("印刷するカードを、未交付のものから1枚以上{most}枚以内で選んでください。"),
    "card_without_issuer": _("交付日に施設を運営する者が登録されていません。市の担当課に連絡してください。"),
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
}
