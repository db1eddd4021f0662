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
    "row_name_in_one": _("姓と名の間に空白がありません。全体を姓として取り込みます。"),
    "row_no_registration_day": _("登録日がないか、先の日付です。取込みの日を登録日とします。"),
    "row_expired_without_day": _("期限切れですが、過ぎた有効期限がありません。"),
    "row_no_phone": _("電話番号がありません。"),
    "row_no_postal_code": _("郵便番号がありません。「000-0000」とします。"),
    "row_no_address": _("住所がありません。"),
    "row_kept": _("こちらで変更された登録です。今の内容のままにします。"),
    "row_kind_changed": _("個人と団体の区分が、先に取り込んだものと違います。"),
}
