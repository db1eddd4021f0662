"""Files of another system, all invented, and how they are handed over, checked and taken in."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import uuid4

from shared.actor import Actor
from shared.audit.models import AuditEntry
from shared.intake.models import Job, RejectedRow
from shared.intake.rules.mapping import from_json
from shared.intake.services.choose_columns import choose_columns
from shared.intake.services.receive import receive
from shared.intake.services.start import start
from shared.intake.services.work import work
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

CLERK: Final = Actor(kind="staff", id=uuid4())
SOURCE: Final = "旧システム"
PEOPLE_HEADER: Final = "利用者番号,区分,団体名,氏名,フリガナ,生年月日,郵便番号,住所,電話番号,登録日,状態"
TARO: Final = "1001,個人,,架空　太郎,ｶｸｳ ﾀﾛｳ,S23.4.1,270-1300,架空市架空町1番地,0476-00-0101,H25.4.1,有効"
HANAKO: Final = "1002,個人,,架空　花子,ｶｸｳ ﾊﾅｺ,昭和25年5月3日,2701300,架空市架空町2番地,0476000102,平成元年4月1日,有効"
CLUB: Final = "2001,団体,架空体操の会,見本　次郎,ﾐﾎﾝ ｼﾞﾛｳ,,270-1300,架空市架空町3番地,0476-00-0103,R1.5.1,有効"


def csv_of(*lines: str, header: str = PEOPLE_HEADER, encoding: str = "cp932", end: str = "\r\n") -> bytes:
    """The bytes of a file."""
    return (end.join([header, *lines]) + end).encode(encoding)


def handed_over(
    data: bytes, *, kind: str = "people", source: str = SOURCE, schema: str = CHUO, name: str = "利用者.csv"
) -> Job:
    """The job of a file that was handed over, with its columns guessed."""
    with as_tenant(schema):
        return receive(actor=CLERK, kind=kind, source=source, filename=name, stream=io.BytesIO(data))


def checked(
    data: bytes, *, constants: Mapping[str, str] | None = None, values: Mapping[str, Any] | None = None, **told: Any
) -> Job:
    """The job after its check, with the columns as they were guessed."""
    schema = told.get("schema", CHUO)
    job = handed_over(data, **told)
    with as_tenant(schema):
        mapping = from_json(job.mapping | {"constants": constants or {}, "values": values or {}})
        choose_columns(actor=CLERK, job=job.pk, mapping=mapping)
        work()
        return Job.objects.get(pk=job.pk)


def taken_in(data: bytes, **told: Any) -> Job:
    """The job after its run."""
    schema = told.get("schema", CHUO)
    job = checked(data, **told)
    with as_tenant(schema):
        start(actor=CLERK, job=job.pk)
        work()
        return Job.objects.get(pk=job.pk)


def rejected(job: Job, schema: str = CHUO) -> Sequence[RejectedRow]:
    """The rows that were not taken in, by line."""
    with as_tenant(schema):
        return list(RejectedRow.objects.filter(job=job).order_by("line"))


def undone(job: Job, schema: str = CHUO) -> list[tuple[str, str, int]]:
    """What the audit tells of attempts of which nothing stayed: act, why, and which attempt it was."""
    with as_tenant(schema):
        entries = AuditEntry.objects.filter(object_type="intake", object_id=str(job.pk), detail__has_key="why")
        details = list(entries.order_by("id").values_list("detail", flat=True))
    return [(detail["act"], detail["why"], detail["attempt"]) for detail in details]
