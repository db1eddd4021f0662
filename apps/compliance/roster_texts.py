"""The sentences for ``apps.compliance.roster_errors`` and for the rows of a roster."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from apps.compliance.rules.roster import Fault, Standing

ROSTER_ERROR_TEXTS: Final = {
    "roster_unknown": _("お探しの名簿はありません。"),
    "roster_in_wrong_state": _("この名簿の状態では、その処理はできません。"),
    "roster_stale": _("ほかの人がこの名簿を変更しました。内容を確かめて、もう一度行ってください。"),
    "roster_empty": _("使用者を1人以上入力してください。"),
    "roster_no_operator": _("この施設には運営者の期間がありません。市にお問い合わせください。"),
    "roster_reason_needed": _("理由を入力してください。"),
    "account_unknown": _("このIDはないか、すでに停止されています。"),
    "account_is_own": _("自分のIDについて、その処理はできません。"),
    "account_officer_needed": _("この処理ができる役割ではありません。"),
    "account_not_approved": _("承認された名簿がないため、その処理はできません。"),
    "account_granted_already": _("この行は処理済みです。"),
    "account_received_already": _("本人が受領済みです。新しいパスワードには、施設からの再発行の依頼が必要です。"),
    "pledge_not_confirmed": _("読んだうえで、チェックを入れてください。"),
    "nobody_trained": _("受講者を1人以上選択してください。"),
    "account_last_officer": _("情報政策の職員が1人もいなくなるため、その処理はできません。"),
}
FAULT_TEXTS: Final = {
    Fault.MISSING: _("入力してください。"),
    Fault.TOO_LONG: _("長すぎます。"),
    Fault.BAD_CHARACTER: _("使えない文字があります。"),
    Fault.NOT_KANA: _("カナで入力してください。"),
    Fault.NO_ROLE: _("担当業務を1つ以上選択してください。"),
    Fault.NO_SUCH_BODY: _("所属法人を選択してください。"),
    Fault.BEFORE_TERM: _("運営期間の初日より前の日です。"),
    Fault.AFTER_TERM: _("運営期間の最終日より後の日です。"),
    Fault.BACKWARDS: _("開始日より前の日です。"),
    Fault.IN_FUTURE: _("今日より後の日です。"),
}
STANDING_WORDS: Final = {
    Standing.DRAFT: (_("作成中"), "quiet"),
    Standing.SUBMITTED: (_("市の審査待ち"), "info"),
    Standing.RETURNED: (_("差戻し"), "danger"),
    Standing.APPROVED: (_("承認・ID付与待ち"), "info"),
    Standing.GRANTED: (_("ID付与・受領待ち"), "warning"),
    Standing.RECEIVED: (_("受領・初回ログイン中"), "warning"),
    Standing.IN_FORCE: (_("有効"), "success"),
    Standing.NOTED: (_("市が確認"), "success"),
}
