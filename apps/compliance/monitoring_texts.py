"""The sentences for ``apps.compliance.monitoring_errors``, and the words of acts, reasons and steps."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

MONITORING_TEXTS: Final = {
    "monitoring_no_such_month": _("その月の点検表はありません。"),
    "monitoring_not_your_turn": _("この月は、いまその処理ができる状態ではありません。"),
    "monitoring_changed": _("ほかの人がこの月を変更しました。内容を確かめて、もう一度送ってください。"),
    "monitoring_incomplete": _("まだ{missing}件が記入されていません。"),
    "monitoring_note_missing": _("「一部不適」「不適」のときは、内容を入力してください。"),
    "monitoring_phone": _(
        "電話番号のような数字があります。個人情報は書かないでください。電話番号でないときは、下の欄で確認してください。"
    ),
    "monitoring_unchecked": _("まだ{missing}件の項目に市の結果がありません。"),
    "monitoring_findings_open": _("改善の確認が終わっていない指摘が{open}件あります。"),
    "monitoring_no_such_finding": _("お探しの指摘はありません。"),
    "monitoring_no_such_order": _("お探しの改善指示書はありません。"),
    "monitoring_finding_decided": _("この指摘は、いまその処理ができる状態ではありません。"),
    "monitoring_deadline_past": _("期限は今日以降の日にしてください。"),
    "monitoring_check_day": _("現地確認日は、点検する月の初日から今日までの日にしてください。"),
    "monitoring_reason_missing": _("理由を入力してください。"),
    "monitoring_override_reason": _("規則による評価と異なる評価にするときは、理由を入力してください。"),
    "monitoring_photo_large": _("写真が大きすぎます。12MB以下の写真を選んでください。"),
    "monitoring_not_a_photo": _("JPEGかPNGの写真を選んでください。"),
    "monitoring_photos_full": _("写真は1か月に{most}枚までです。"),
    "monitoring_no_such_item": _("お探しの点検項目はありません。"),
    "monitoring_required_item": _("★の項目は、文言の変更も、点検の取りやめもできません。"),
    "monitoring_no_grades": _("この年度には、判定した月がありません。"),
}

ACTS: Final = {
    "made": _("点検表を作成"),
    "report": _("自己点検を報告"),
    "return": _("自己点検を差戻し"),
    "check": _("現地確認を記録"),
    "finding": _("改善を指摘"),
    "order": _("改善指示書を発行"),
    "order_again": _("改善指示書を再交付"),
    "withdraw": _("指摘を取下げ"),
    "plan": _("改善計画を提出"),
    "plan_return": _("改善計画を差戻し"),
    "confirm": _("改善を確認"),
    "photo": _("写真を追加"),
    "photo_removed": _("写真を削除"),
    "close": _("判定"),
    "reopen": _("判定を取消し"),
    "remind": _("督促"),
}

SIDES: Final = {"facility": _("施設"), "city": _("市"), "system": _("自動")}

REASONS: Final = {
    "required_unfit": _("★の項目に不適が{number}件"),
    "unfit": _("不適が{number}件"),
    "partly": _("一部不適が{number}件"),
    "unconfirmed": _("確認できない改善が{number}件"),
    "plan_late": _("改善計画の遅れが{number}件"),
    "report_late": _("報告の遅れが{number}日"),
}

STEPS: Final = {
    "soon": _("期限まで3日以内"),
    "overdue": _("期限を過ぎています"),
    "escalated": _("期限を7日以上過ぎています（総括へ通知）"),
}
