"""The sentences for ``apps.registrants.*errors`` and for faults of entry, and the words of the items, by code."""

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
    "card_review_in_future": _("現況確認の日は、今日までの日を入力してください。"),
    "card_review_before_issue": _("現況確認の日が、交付年月日より前です。"),
    "card_reviewed_already": _("この日以後の現況確認が、すでに記録されています。"),
    "no_cards_to_review": _("現況を確認した登録証を、1枚以上{most}枚以内で選んでください。"),
    "no_such_visit": _("今日の来館に、その記録はありません。すでに取り消されています。"),
    "no_such_visit_place": _("施設を一覧から選んでください。"),
    "card_admits_nobody": _("団体の利用者カードです。団体の来館は、予約の利用人数で数えます。"),
    "card_without_issuer": _("交付日に施設を運営する者が登録されていません。市の担当課に連絡してください。"),
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
    "merge_same_record": _("同じ登録どうしは統合できません。"),
    "merge_different_kinds": _("個人と団体は統合できません。"),
    "merge_both_have_card": _(
        "どちらの登録にも、失効していない同じ種類のカードがあります。先に一方のカードを返還または失効にしてください。"
    ),
    "merge_both_have_account": _(
        "二つの登録は、別々の市民アカウントに結び付いています。先に一方の結び付けを解除してください。"
    ),
    "merge_not_registered": _(
        "残すほうの登録が、仮登録又は審査中です。本登録のほうを残すか、先に本登録にしてください。"
    ),
    "merge_open_request": _("統合される登録に、未対応の届出があります。先に対応してください。"),
    "parted_too_late": _("統合から{days}日を過ぎたため、取り消せません。"),
    "merged_on": _("残した登録が、さらに別の登録に統合されています。先にその統合を取り消してください。"),
    "no_such_proposal": _("その候補はありません。すでに判断されている場合があります。"),
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
    "row_name_in_one": _("姓と名の間に空白がありません。全体を姓として取り込みます。"),
    "row_no_registration_day": _("登録日がないか、先の日付です。取込みの日を登録日とします。"),
    "row_expired_without_day": _("期限切れですが、過ぎた有効期限がありません。"),
    "row_no_phone": _("電話番号がありません。"),
    "row_no_postal_code": _("郵便番号がありません。「000-0000」とします。"),
    "row_no_address": _("住所がありません。"),
    "row_kept": _("こちらで変更された登録です。今の内容のままにします。"),
    "row_card_kept": _(
        "先に取り込んだカードと内容が違います。今の内容のままにします。変えるときは、カードの画面で行ってください。"
    ),
    "row_state_kept": _(
        "登録の状態が、先に取り込んだものと違います。今の状態のままにします。変えるときは、利用者の画面で行ってください。"
    ),
    "row_forgotten": _("保存期間が過ぎ、個人情報を消去した記録です。取り込みません。"),
    "row_item_unread": _("読み取れないため、この項目は空で取り込みます。"),
    "row_no_group": _("この番号の利用者は団体ではありません。"),
    "row_no_residence": _("居住区分がありません。市外として取り込みます。"),
    "row_contact_without_phone": _("連絡担当者ですが、電話番号がありません。連絡担当者としません。"),
    "row_other_holder": _("この種類のカードを持てない利用者です（利用者カードは団体、登録証は個人）。"),
    "row_number_given": _("この番号のカードは、すでにあります。"),
    "row_holder_closed": _("抹消された利用者の、有効なカードです。"),
    "row_has_card": _("この利用者には、有効なカードがすでにあります。"),
    "row_issued_ahead": _("交付日が先の日付です。"),
    "row_senior_waits": _("登録証を持つ人かどうか、重複の確認が必要です。「申請中」として取り込みました。"),
    "row_half_a_contact": _("緊急連絡先は、氏名と電話番号の両方があるときだけ取り込みます。"),
    "row_kind_changed": _("個人と団体の区分が、先に取り込んだものと違います。"),
    "no_such_card": _("お探しのカードはありません。"),
    "not_card_officer": _("重複確認は、登録証担当の職員だけが行えます。"),
    "check_purpose_missing": _("確認の目的を選択してください。"),
    "identity_not_checked": _("本人確認が済んでいることを確かめ、チェックを付けてください。"),
    "checks_too_often": _(
        "重複確認の回数が上限に達しました。時間をおいてください。上限を超えたことは市に記録されます。"
    ),
    "numbers_tried_too_often": _(
        "番号の照合が続けて一致しなかったため、この申請については24時間、照合できません。照会票を送ってください。"
    ),
    "check_over": _("この確認結果の表示期限が過ぎました。もう一度、重複確認を行ってください。"),
    "consent_missing": _(
        "申請書（様式第５号）で重複確認への同意を得て、チェックを付けてください。同意がないと交付できません。"
    ),
    "name_not_printable": _(
        "「{characters}」は、カードに印刷できる書体がありません。券面の氏名・団体名に使う代わりの文字（代替文字）を入力してください。"
    ),
    "card_not_checked": _("交付の前に、重複確認を行ってください。"),
    "senior_card_exists": _("有効な登録証がすでにあります。既存の登録証をご利用ください。"),
    "senior_card_unresolved": _("似た登録証があり、別人であることの確認が済んでいません。照会の回答をお待ちください。"),
    "no_such_inquiry": _("お探しの照会票はありません。"),
    "inquiry_answered": _("この照会票は回答済みです。"),
    "inquiry_closed": _("申請の取下げまたは登録証の失効により、この照会票への回答は不要になりました。"),
    "inquiry_answer_missing": _("同一人か別人かを選択してください。"),
    "senior_key_refused": _(
        "この機械の鍵が重複確認の鍵と合わないため、確認も交付もできません。市の情報政策担当に連絡してください。"
    ),
    "senior_keys_missing": _(
        "重複確認の鍵が設定されていないため、確認できません。市の情報政策担当に連絡してください。"
    ),
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
    "reduction": _("減免資格"),
    "reduction_since": _("減免資格の適用日"),
    "reduction_until": _("減免資格の期限"),
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
