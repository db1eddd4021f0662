"""The sentences for ``shared.vault.errors``."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

ERROR_TEXTS: Final = {
    "vault_file_gone": _("このファイルは受け取れません。受取り済みか、期限が過ぎて廃棄されています。"),
    "unknown_print_job": _("お探しの印刷はありません。"),
    "print_job_over": _("この印刷は、すでに終わっています。"),
    "print_job_stale": _(
        "このファイルができたあとに、印刷できなくなったものがあります（渡した、作り直したなど）。"
        "この一括印刷を取りやめて、選び直してください。"
    ),
}
