"""The words of keeping and disposing: error sentences, and what stands for each code on the pages."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from apps.compliance.rules.retention import Stage
from shared.retention import Fate

RETENTION_TEXTS: Final = {
    "disposal_unknown": _("お探しの廃棄の記録はありません。"),
    "disposal_unknown_kind": _("記録の種類を選択してください。"),
    "disposal_open": _("この種類の廃棄は、すでに進んでいます。終わってから申し出てください。"),
    "disposal_nothing_due": _("保存期間を過ぎた記録はありません。"),
    "disposal_state": _("この廃棄は決定済みか、まだ一覧ができていません。ページを開き直してください。"),
    "disposal_same_hand": _("申し出た人は、自分では確認できません。ほかの人が確認してください。"),
    "disposal_reason": _("理由を入力してください。"),
    "disposal_day": _("実施日は、今日から{days}日以内の日を入力してください。"),
    "retention_too_short": _("この種類の記録は、{least}か月より短くできません。"),
    "retention_backdated": _("適用日は、今日以後で、まだ定めのない日を入力してください。"),
    "retention_reason": _("保存期間を定める理由（条例・規程の名称など）を入力してください。"),
}
STAGES: Final = {
    Stage.LISTING: (_("一覧を作成中"), "info"),
    Stage.ASKED: (_("確認待ち"), "warning"),
    Stage.CONFIRMED: (_("確認済み・実施待ち"), "info"),
    Stage.RUNNING: (_("実施中"), "info"),
    Stage.DONE: (_("実施済み"), "success"),
    Stage.REFUSED: (_("確認しない"), "danger"),
    Stage.WITHDRAWN: (_("取りやめ"), "quiet"),
}
FATES: Final = {Fate.ANONYMISED: _("匿名化"), Fate.ERASED: _("消去"), Fate.ARCHIVED: _("保管ファイルへ移す")}
GONE: Final = _("対象ではなくなった（すでに消えた、または日付が変わった）")
