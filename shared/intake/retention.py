"""How long files that were never taken in, and rows that were worked off, are kept (``shared.retention``)."""

# ruff: noqa: S608  # statements are made of constants in code

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from shared.retention import Erase, Fate, Kind, Wipe, fiscal, tokyo

STAYS: Final = frozenset(
    {
        "kind", "source", "filename", "digest", "size", "lines", "encoding", "delimiter", "counts", "rows_done",
        "attempts", "created_at", "created_by", "begun_at",
    }
)  # fmt: skip
KINDS: Final = (
    Kind(
        code="intake_files",
        label=_("取り込まないままのファイル（点検で見つかった行を含む）"),
        event=_("ファイルを受け付けた日"),
        months=3,
        source=_("取り込むために預かるものであり、取込みの作業が終わるまででよい"),
        fate=Fate.ERASED,
        does=_("ファイルの中身と、点検で見つかった行"),
        stays=_("ファイルの名前、受付の年月日、行数"),
        due=(
            "SELECT j.id AS object, '' AS number, " + tokyo("j.created_at") + " AS since, NULL::uuid AS person"
            " FROM {schema}.intake_job j WHERE j.state IN ('received', 'checked', 'failed')"
        ),
        steps=(
            Wipe(
                "intake.Job",
                "id = ANY ({ids})",
                keeps=STAYS,
                sets={
                    "state": "'discarded'",
                    "finished_at": "now()",
                    "header": "'[]'",
                    "shapes": "'[]'",
                    "warnings": "'[]'",
                },
            ),
            Erase("intake.Chunk", "job_id = ANY ({ids})"),
            Erase("intake.RejectedRow", "job_id = ANY ({ids}) AND state = 'found'"),
        ),
    ),
    Kind(
        code="intake_rows",
        label=_("取込みで処理済みにした行"),
        event=_("処理した日の属する年度の末日"),
        months=12,
        source=_("取り込まない判断に疑いが出たときに確かめる期間"),
        fate=Fate.ERASED,
        does=_("取り込まなかった行の内容と理由、取り込んだ行の控え"),
        stays=_("取り込んだ記録そのものは、その記録の定めによります"),
        due=(
            "SELECT r.id AS object, r.line::text AS number, "
            + fiscal(tokyo("r.decided_at"))
            + " AS since, NULL::uuid AS person FROM {schema}.intake_rejectedrow r"
            " WHERE r.state IN ('taken', 'dismissed')"
        ),
        steps=(Erase("intake.RejectedRow", "id = ANY ({ids})"),),
        key="bigint",
    ),
)
