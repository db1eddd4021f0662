"""The sentences for ``apps.compliance.errors``, and the purposes of a look at personal data."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

ERROR_TEXTS: Final = {
    "purpose_too_short": _("具体的な理由は{least}文字以上で入力してください。"),
    "city_no_such_inquiry": _("お探しの照会票はありません。"),
    "city_not_deciding": _("決定できるのは、所管課と総括の職員だけです。"),
    "city_inquiry_decided": _("この照会票は決定済みです。"),
    "city_inquiry_closed": _("申請の取下げまたは登録証の失効により、この照会票は不要になりました。"),
    "city_issued_meanwhile": _("申請した方の登録証が交付されたため、回答はもう訂正できません。"),
    "city_wrong_answer": _("同一人か別人か、今の回答と違う方を選択してください。"),
    "city_not_setting_terms": _("重複確認の決まりを変更できるのは、市総括の職員だけです。"),
    "city_wrong_decision": _("施設の回答では、この決定はできません。"),
    "city_card_void": _("元の登録証はすでに失効しています。移管の必要はありません。"),
    "purpose_names_somebody": _("理由は記録に残ります。電話番号や登録番号は書かないでください。"),
}


class LookupPurpose(TextChoices):
    """Why the city looks at registrants of its facilities (照会の目的)."""

    INQUIRY = "inquiry", _("市民からの問い合わせへの対応")
    CORRECTION = "correction", _("登録・予約の誤りの確認")
    MONITORING = "monitoring", _("施設の管理業務の確認（モニタリング）")
    REQUEST = "request", _("開示・訂正・利用停止の請求への対応")
    INCIDENT = "incident", _("漏えい等の事故の調査")
    EMERGENCY = "emergency", _("災害・感染症等の緊急の連絡")
