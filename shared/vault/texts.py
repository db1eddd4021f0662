"""The sentence for ``shared.vault.errors``."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

ERROR_TEXTS: Final = {
    "vault_file_gone": _("このファイルは受け取れません。受取り済みか、期限が過ぎて廃棄されています。"),
}
