"""The sentences about paying online, by the code of ``apps.bookings.online_errors``."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

ONLINE_TEXTS: Final = {
    "online_off": _("この施設では、オンラインの支払いを受け付けていません。施設の窓口で納めてください。"),
    "provider_away": _(
        "決済のサービスにつながりません。支払いは行われていません。時間をおいてもう一度お試しになるか、施設の窓口で納めてください。"
    ),
    "too_late_to_pay": _("仮予約の期限まで時間がないため、オンラインでは支払えません。施設にお問い合わせください。"),
    "unknown_online_session": _("お探しの支払いはありません。"),
    "online_terms": _("オンライン決済の定めに誤りがあります。"),
    "unknown_provider": _("この決済サービスは、このシステムに接続されていないか、鍵が登録されていません。"),
    "online_basis": _(
        "使用料は指定納付受託者の名称と指定の告示、利用料金は運営者が結んだ契約を確かめて、根拠を選び直してください。"
    ),
    "online_day_over": _("適用日は、今日以後の日を入力してください。"),
    "online_refund_too_much": _("返金する額は、1円以上、まだ返していない額以内で入力してください。"),
    "by_provider": _("決済サービスからの返金は、「決済サービスから返金する」から行ってください。"),
    "nothing_online": _("オンラインで支払われた額のうち、返金できる額を超えています。"),
    "paid_online": _("オンラインで支払われたものは、ここでは取り消せません。決済サービスから返金してください。"),
    "payment_open": _("前の支払いの手続きが終わっていません。{until}を過ぎてから、もう一度お試しください。"),
    "not_online": _("オンラインで支払われたものではないため、決済サービスからは返金できません。"),
}
