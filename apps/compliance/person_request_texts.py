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
    "person_request_range": _("一部を認めるときは、開示する項目と、開示しない根拠を選択してください。"),
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


class Ground(TextChoices):
    """Why a part is not disclosed (不開示情報): the items of 法78条1項."""

    ITEM_1 = "1", _("第1号（開示請求者の生命、健康、生活又は財産を害するおそれがある情報）")
    ITEM_2 = "2", _("第2号（開示請求者以外の個人に関する情報）")
    ITEM_3 = "3", _("第3号（法人その他の団体又は事業を営む個人に関する情報）")
    ITEM_5 = "5", _("第5号（公共の安全と秩序の維持に支障を及ぼすおそれがある情報）")
    ITEM_6 = "6", _("第6号（審議、検討又は協議に関する情報）")
    ITEM_7 = "7", _("第7号（事務又は事業の適正な遂行に支障を及ぼすおそれがある情報）")


class StepWord(TextChoices):
    """What was done (経過)."""

    RECEIVED = "received", _("受付")
    EXTENDED = "extended", _("期限の延長")
    DECIDED = "decided", _("決定")
    CARRIED_OUT = "carried_out", _("実施")
    WITHDRAWN = "withdrawn", _("取下げ")
