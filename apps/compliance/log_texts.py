"""Words for what stands in the audit: kinds of object, and who acts."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

OBJECTS: Final = {
    "registrant": _("利用者"),
    "emergency_contact": _("緊急連絡先"),
    "roster": _("団体の名簿"),
    "registrations": _("登録の審査一覧"),
    "duplicate_proposal": _("重複の候補"),
    "citizen_request": _("本人からの依頼"),
    "citizen_requests": _("本人からの依頼の一覧"),
    "link_code": _("連携用コード"),
    "booking": _("予約"),
    "board": _("予約の日表"),
    "inbox": _("申請の審査一覧"),
    "note": _("職員備考"),
    "block": _("休止・主催事業"),
    "past_booking": _("過去の利用"),
    "card": _("カード"),
    "card_prints": _("未交付のカード"),
    "card_register": _("交付台帳"),
    "visit": _("来館"),
    "visits": _("来館の一覧"),
    "senior_index": _("登録証の重複確認"),
    "senior_inquiry": _("照会票"),
    "senior_inquiries": _("照会票の一覧"),
    "senior_terms": _("重複確認の決まり"),
    "intake": _("データの取込み"),
    "intake_row": _("取り込めなかった行"),
    "sign_in_lock": _("ログインの一時停止"),
    "sign_in_policy": _("認証の方針"),
    "account": _("ID"),
    "account_token": _("手続き用のリンク"),
    "item_policy": _("収集項目"),
    "registration_policy": _("登録の規則"),
    "catalogue": _("施設一覧"),
    "page": _("ページ"),
    "audit_log": _("操作記録"),
    "audit_alert": _("注意の知らせ"),
    "log_review": _("ログ点検票"),
    "alert_limits": _("注意の基準"),
    "day_seals": _("封印の一覧"),
}
ACTORS: Final = {
    "staff": _("施設の職員"),
    "city": _("市の職員"),
    "citizen": _("市民"),
    "visitor": _("ログイン前"),
    "system": _("自動処理"),
}
