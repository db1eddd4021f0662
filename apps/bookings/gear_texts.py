"""The sentences for ``apps.bookings.gear_errors``, by code."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

GEAR_ERROR_TEXTS: Final = {
    "outside_hours": _("ただいまの時間はインターネットの予約を受け付けていません。{opens_at}から受け付けます。"),
    "month_not_open": _("この月のインターネット予約は受け付けていません。施設の窓口にお問い合わせください。"),
    "only_for_individual": _("この室場のインターネット予約は、個人の利用者登録に限ります。"),
    "only_for_group": _("この室場のインターネット予約は、団体の利用者登録に限ります。"),
    "annex_alone": _(
        "この室場は、「{parent}」と一緒に利用する方だけが予約できます。先に「{parent}」を同じ時間帯で予約してください。"
    ),
    "annex_stands": _(
        "一緒に利用する附属の室場の予約（{annex}）があります。先にその予約を変更するか、取り消してください。"
    ),
    "room_booked": _("廃止日より後に、この室場の予約が{count}件あります。先に予約の取消しや変更を済ませてください。"),
    "room_exists": _("同じ名前、または同じ利用単位の室場がすでにあります。"),
    "not_lent_then": _(
        "予約に含まれる附属設備「{name}」は、その日時・室場では貸し出していません。"
        "先に附属設備を減らすか、別の日時・室場を選択してください。"
    ),
    "equipment_reserved": _(
        "その日より後の予約{count}件に、この附属設備が含まれています。先に予約の附属設備を変更してください。"
    ),
    "too_late_for_equipment": _("「{name}」の変更の期限（{until}）を過ぎました。施設の窓口にお問い合わせください。"),
}
