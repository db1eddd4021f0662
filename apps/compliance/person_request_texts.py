"""The words of requests of persons."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

PERSON_REQUEST_TEXTS: Final = {
    "person_request_unknown": _("お探しの請求はありません。"),
    "person_request_step": _("その処理は記録済みか、まだできません。ページを開き直してください。"),
    "person_request_reason": _("全部を認める場合のほかは、理由を{least}文字以上で入力してください。"),
    "person_request_day": _("受け付けた日は、今日までの60日以内で入力してください。"),
    "person_request_person": _("その登録番号の利用者は、この施設にいません。"),
    "person_request_note": _("氏名・住所・電話番号は書かないでください。請求の記録は市と共有されます。"),
}


class RequestKind(TextChoices):
    """What is asked for (請求の種類)."""

    DISCLOSURE = "disclosure", _("開示")
    CORRECTION = "correction", _("訂正")
    SUSPENSION = "suspension", _("利用停止")


class Claimant(TextChoices):
    """Who asks (請求者)."""

    SELF = "self", _("本人")
    LEGAL = "legal", _("法定代理人")
    AGENT = "agent", _("任意代理人")


class DecisionWord(TextChoices):
    """What the city decided (決定)."""

    GRANTED = "granted", _("全部を認める")
    PARTLY = "partly", _("一部を認める")
    REFUSED = "refused", _("認めない")
    NOTHING = "nothing", _("保有していない（開示のみ）")


class StepWord(TextChoices):
    """What was done (経過)."""

    RECEIVED = "received", _("受付")
    EXTENDED = "extended", _("期限の延長")
    DECIDED = "decided", _("決定")
    CARRIED_OUT = "carried_out", _("実施")
    WITHDRAWN = "withdrawn", _("取下げ")
