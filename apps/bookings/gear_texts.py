"""The sentences for ``apps.bookings.gear_errors``, by code."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

GEAR_ERROR_TEXTS: Final = {
    "not_lent_then": _(
        "予約に含まれる附属設備「{name}」は、その日時・室場では貸し出していません。"
        "先に附属設備を減らすか、別の日時・室場を選択してください。"
    ),
    "equipment_reserved": _(
        "その日より後の予約{count}件に、この附属設備が含まれています。先に予約の附属設備を変更してください。"
    ),
    "too_late_for_equipment": _("「{name}」の変更の期限（{until}）を過ぎました。施設の窓口にお問い合わせください。"),
}
