"""How long the traces of exports are kept (``shared.retention``)."""

# ruff: noqa: S608  # statements are made of constants in code

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from shared.retention import Automatic, Erase, Fate, Kind, fiscal, tokyo

KINDS: Final = (
    Kind(
        code="exports",
        label=_("持出しに含まれた人の記録"),
        event=_("ファイルを作った日の属する年度の末日"),
        months=60,
        source=_("事故のときに対象者を確かめる期間。個人情報の提供の記録の例に合わせた5年"),
        fate=Fate.ERASED,
        does=_("どの持出しにだれの記録が入っていたか、空になったファイルの控え"),
        stays=_("申請の目的・項目・人数・管理番号"),
        due=(
            "SELECT e.request AS object, left(e.request::text, 8) AS number, "
            + fiscal(f"max({tokyo('e.at')})")
            + " AS since, NULL::uuid AS person FROM {schema}.vault_exportedperson e GROUP BY e.request"
        ),
        steps=(
            Erase("vault.ExportedPerson", "request = ANY ({ids})"),
            Erase("vault.VaultFile", "subject = ANY ({ids}) AND destroyed_at IS NOT NULL"),
        ),
        least=12,
    ),
)
AUTOMATIC: Final = (Automatic(_("受け取られなかったファイル"), _("24時間で中身が消え、消した記録だけが残ります。")),)
