"""The sentences for ``apps.bookings.errors``, by code."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

ERROR_TEXTS: Final = {
    "unknown_room": _("お探しの室場はありません。"),
    "unknown_booking": _("お探しの予約はありません。"),
    "unknown_registrant": _("利用者登録が見つかりません。登録番号をご確認ください。"),
    "registrant_not_active": _("この利用者登録は、現在予約に使用できません。施設の窓口にお問い合わせください。"),
    "unknown_slot": _("この日には選択された時間帯がありません。時間帯を選び直してください。"),
    "slots_not_adjoining": _("時間帯は続けて選択してください。"),
    "closed_day": _("この日は「{label}」のため利用できません。"),
    "past": _("すでに始まった、または過ぎた時間帯は予約できません。"),
    "before_window": _("受付開始前です。{opens_on}から予約できます。"),
    "after_window": _("インターネットでの受付は終了しました。施設の窓口にお問い合わせください。"),
    "slot_taken": _("申し訳ありません。この時間帯はほかの方が先に予約されました。別の時間帯を選択してください。"),
    "over_capacity": _("利用人数が定員（{capacity}人）を超えています。定員以内の人数を入力してください。"),
    "nobody_comes": _("利用人数は1人以上で入力してください。"),
    "purpose_not_allowed": _("この室場では選択された目的の利用はできません。別の目的を選択してください。"),
    "wrong_state": _("この予約は現在の状態ではその操作ができません。最新の内容をご確認ください。"),
    "stale_page": _("ほかの操作により予約の内容が変わりました。最新の内容を確認してから、もう一度操作してください。"),
    "hold_expired": _("仮押さえの時間が過ぎ、この時間帯はほかの方が予約されました。別の時間帯を選択してください。"),
    "too_late_to_cancel": _("利用日当日以降の取消しはインターネットではできません。施設の窓口にご連絡ください。"),
    "reason_missing": _("理由を入力してください。"),
    "unknown_ground": _("根拠となる規定を選択してください。"),
    "no_operator": _("この日の運営者が登録されていないため、文書を発行できません。市の担当者にお問い合わせください。"),
    "unknown_document": _("この予約には、印刷できるその文書がありません。"),
    "note_missing": _("備考を入力してください。"),
    "too_long": _("{limit}文字以内で入力してください。"),
}
