"""What a change of operator finds open about taking in (引継事項)."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from kernel.clock import TOKYO
from shared.handover import MOST_ROWS, Open, OpenKind, OpenRow
from shared.intake.queries import open_rows


def rows_to_work_off() -> Open:
    """Rows of other systems' files that nobody has worked off, by file and line."""
    found = open_rows()
    rows = found.values_list("job__filename", "job__created_at", "line")[:MOST_ROWS]
    return Open(found.count(), tuple(OpenRow(str(line), at.astimezone(TOKYO).date(), name) for name, at, line in rows))


KINDS: Final = (OpenKind("intake_rows", _("取り込めなかった行（データの取込み）"), rows_to_work_off),)
