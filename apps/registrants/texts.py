"""The sentences for ``apps.registrants.errors`` and for faults of entry, and the words of the items, by code."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from apps.registrants.rules.entry import EntryError, Fault

ERROR_TEXTS: Final = {
    "group_requirements_unmet": _("満たしていない団体要件が{count}件あります。下の一覧を確かめてください。"),
    "waiver_not_allowed": _("団体要件を満たさない登録は、施設管理責任者だけができます。"),
    "similar_groups_unseen": _(
        "似ている団体があります。下の一覧を確かめ、別の団体であればチェックを入れて、もう一度登録してください。"
    ),
    "no_roster": _("名簿はありません。すでに廃棄されています。"),
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
    "item_not_collected": _("収集しないことになっている項目が含まれています。画面を開き直してください。"),
    "item_missing": _("入力してください。"),
    "possible_duplicate": _(
        "同じ人かもしれない登録があります。下の一覧を確かめ、別人であればチェックを入れて、もう一度登録してください。"
    ),
    "purpose_of_use_missing": _("利用目的を入力してください。"),
    "no_such_item": _("お探しの収集項目はありません。"),
    "policy_day_is_over": _("適用日は今日以後の日にしてください。過去の基準は書き換えられません。"),
    "policy_value_out_of_range": _("{least}から{most}までの数で入力してください。"),
    "no_such_policy": _("その日から始まる予定の基準はありません。"),
}

ENTRY_TEXTS: Final = {
    Fault.MISSING: _("入力してください。"),
    Fault.TOO_LONG: _("{limit}文字以内で入力してください。"),
    Fault.CONTROL_CHARACTER: _("画面に表示できない文字が含まれています。入力し直してください。"),
    Fault.EMOJI: _("絵文字は使えません。"),
    Fault.PRIVATE_USE: _("外字は使えません。代わりの字で入力してください。"),
    Fault.NOT_KANA: _("カタカナ（ひらがなも可）で入力してください。漢字は使えません。"),
    Fault.POSTAL_UNREADABLE: _("郵便番号は7桁の数字で入力してください。例：270-1396"),
    Fault.POSTAL_UNASSIGNED: _("この郵便番号は使われていません。番号を確かめてください。"),
    Fault.PHONE_UNREADABLE: _("電話番号は数字で入力してください。例：0476-42-5111"),
    Fault.NO_SUCH_PHONE: _("電話番号の桁数が合いません。市外局番から入力してください。"),
    Fault.DATE_UNREADABLE: _("日付は 昭和23年4月1日、S23.4.1、1948-04-01 のように入力してください。"),
    Fault.NO_SUCH_DATE: _("その日付はありません。"),
    Fault.OUTSIDE_ERA: _("その元号にはない日付です。元号と年を確かめてください。"),
    Fault.IN_FUTURE: _("生年月日が今日より後です。"),
    Fault.TOO_LONG_AGO: _("生年月日が130年以上前です。元号と年を確かめてください。"),
    Fault.EMAIL_UNREADABLE: _("メールアドレスの形が正しくありません。"),
    Fault.NO_SUCH_CHOICE: _("一覧から選択してください。"),
}

ITEM_LABELS: Final = {
    "gender": _("性別"),
    "residence": _("居住区分"),
    "workplace": _("勤務先・学校名"),
    "former_name": _("旧氏名"),
    "former_kana": _("旧氏名のフリガナ"),
    "email": _("メールアドレス"),
    "mail_wish": _("メールの送信"),
    "use": _("主な利用の目的"),
    "short_name": _("団体の略称"),
    "representative_birth_date": _("代表者の生年月日"),
    "activity": _("活動内容"),
    "activity_days": _("活動日"),
    "age_band": _("主な年齢層"),
    "dues": _("会費"),
    "lecturer": _("講師の氏名"),
    "lecturer_fee": _("講師への謝礼"),
    "guardian_consent": _("保護者の同意"),
    "note": _("備考"),
}
"""Code of an item -> its label in the language of the page."""

CHOICE_LABELS: Final = {
    ("gender", "female"): _("女性"),
    ("gender", "male"): _("男性"),
    ("gender", "other"): _("その他"),
    ("residence", "resident"): _("市内在住"),
    ("residence", "worker"): _("市内在勤"),
    ("residence", "student"): _("市内在学"),
    ("residence", "outside"): _("市外"),
    ("mail_wish", "all"): _("すべて送る"),
    ("mail_wish", "draw"): _("抽選の結果のみ送る"),
    ("mail_wish", "none"): _("送らない"),
}
"""Codes of an item and of one of its choices -> the choice's label in the language of the page."""


def entry_text(error: EntryError) -> str:
    """The sentence for a field that cannot be kept as it was typed."""
    return str(ENTRY_TEXTS[error.fault]).format(limit=error.limit)
