"""The sentences for ``apps.registrants.errors``, by code."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

ERROR_TEXTS: Final = {"no_such_registrant": _("お探しの利用者登録はありません。")}
