"""The words of exports: errors, purposes, stages."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.compliance.register_texts import REGISTER_TEXTS
from apps.compliance.rules.exports import Stage

EXPORT_TEXTS: Final = {
    "export_no_fields": _("持ち出す項目を選択してください。"),
    "export_sensitive_without_reason": _(
        "生年月日と緊急連絡先は、それがないと目的を果たせない理由を入力してください。"
    ),
    "export_span_backwards": _("有効期限の終わりの日は、始めの日以後にしてください。"),
    "export_fits_nobody": _("この条件に合う人はいません。条件を確かめてください。"),
    "export_margin": _("許容する増減は0人から{most}人までの数で入力してください。"),
    "export_unknown": _("お探しの持出しの申請はありません。"),
    "export_state": _("この申請は、ほかの人が先に進めたか、取りやめられています。画面を開き直してください。"),
    "export_same_person": _("申請した本人は決定できません。ほかの職員が決定してください。"),
    "export_no_reason": _("承認しない理由を入力してください。"),
    "export_terminal": _("このファイルは、登録された端末からだけ受け取れます。"),
    **REGISTER_TEXTS,
}


class ExportPurpose(TextChoices):
    """Why persons' data are to leave the system (持出しの目的)."""

    MAILING = "mailing", _("利用者への通知の発送")
    SURVEY = "survey", _("利用者アンケートの実施")
    INSPECTION = "inspection", _("台帳と現物の照合")
    DISASTER = "disaster", _("災害・停電に備えた控え")
    CITY = "city", _("市への報告・提出")


class ExportEncoding(TextChoices):
    """How the file is written (文字コード)."""

    UTF8 = "utf8", _("UTF-8（すべての文字を書けます）")
    CP932 = "cp932", _("Shift_JIS（書けない文字は〓になります）")


STAGE_WORDS: Final[dict[Stage, tuple[Any, str]]] = {
    Stage.ASKED: (_("市の決定待ち"), "warning"),
    Stage.REFUSED: (_("不承認"), "danger"),
    Stage.WITHDRAWN: (_("取りやめ"), "quiet"),
    Stage.APPROVED: (_("承認・作成待ち"), "info"),
    Stage.MAKING: (_("作成中"), "info"),
    Stage.MADE: (_("受取り待ち"), "warning"),
    Stage.FETCHED: (_("受取り・廃棄済み"), "success"),
    Stage.LAPSED: (_("期限切れ・廃棄済み"), "quiet"),
    Stage.DIFFERS: (_("人数が承認と異なるため中止"), "danger"),
    Stage.FAILED: (_("作成できず中止"), "danger"),
}
"""Stage -> word and tone of its badge."""
