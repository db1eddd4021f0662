"""The sentences for ``apps.registrants.portal_errors``, by code."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

PORTAL_TEXTS: Final = {
    "open_provisional": _("この施設には、本登録を待っている仮登録があります。窓口で本登録をしてください。"),
    "open_request": _("同じ依頼を受け付けています。施設の回答をお待ちください。"),
    "nothing_to_correct": _("登録されている内容と同じです。訂正する項目を書き直すか、伝えたいことを入力してください。"),
    "no_such_request": _("お探しの依頼はないか、すでに回答されています。"),
    "answer_missing": _("対応できない理由を入力してください。本人に表示されます。"),
    "withdrawal_obstructed": _("先に済ませていただくことが{count}件あるため、廃止を届け出られません。"),
    "stray_wish": _("この依頼は、そのままでは登録に反映できません。登録の変更の画面で直してから、回答してください。"),
    "already_linked": _("この登録は、すでに市民アカウントと結び付いています。"),
    "not_linked": _("この登録は、市民アカウントと結び付いていません。"),
    "wrong_link_code": _(
        "登録番号か結び付け番号が違うか、番号の有効期限が切れています。5回間違えると、その番号は使えなくなります。"
    ),
    "linked_elsewhere": _("この登録は、ほかのアカウントと結び付いています。施設の窓口にご相談ください。"),
}

FIELD_LABELS: Final = {
    "family_name": _("姓"),
    "given_name": _("名"),
    "family_kana": _("姓のフリガナ"),
    "given_kana": _("名のフリガナ"),
    "birth_date": _("生年月日"),
    "postal_code": _("郵便番号"),
    "address": _("住所"),
    "phone": _("電話番号"),
}
"""Column of a person -> its label in the language of the page."""
