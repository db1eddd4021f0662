"""How long the entries of the audit stay in the tables (``shared.retention``)."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from shared.retention import Fate, Kind, Place, Run

KINDS: Final = (
    Kind(
        code="audit",
        label=_("操作記録（封印された日ごと）"),
        event=_("封印した日の翌日"),
        months=36,
        source=_("1年以上は画面で、3～5年は保管ファイルで（情報セキュリティポリシーのガイドラインの例）"),
        fate=Fate.ARCHIVED,
        does=_("表の中の記録。封印を確かめられる保管ファイル（JSON Lines）に移る"),
        stays=_("日ごとの封印、件数、保管ファイルの名前とハッシュ"),
        due=(
            "SELECT s.day::text AS object, s.day::text AS number, s.day + 1 AS since, NULL::uuid AS person"
            " FROM shared.audit_dayseal s WHERE s.tenant = {tenant} AND s.rows > 0 AND NOT EXISTS (SELECT FROM"
            " shared.audit_archive a WHERE a.tenant = {tenant} AND a.removed_at IS NOT NULL AND a.day >= s.day)"
        ),
        steps=(Run("SELECT shared.audit_remove({tenant}, $1)"),),
        key="text",
        place=Place.BOTH,
        least=12,
    ),
)
