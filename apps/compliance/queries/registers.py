"""Reading the registers: which there are, and their rows by facility and fiscal year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.compliance.models.registers import (
    CopyRecord,
    DisposalRecord,
    MediumRecord,
    RegisterRow,
    SubcontractRecord,
)
from apps.compliance.register_errors import UnknownRegisterRowError
from kernel.clock import TOKYO
from kernel.wareki import format_date, format_fiscal_year
from tenants.models import OperatorAssignment


@dataclass(frozen=True, slots=True)
class Register:
    """A register (台帳): its code in addresses, its table, its words, and its columns in order."""

    code: str
    model: type[RegisterRow]
    label: Any
    text: Any
    columns: tuple[str, ...]

    @property
    def headings(self) -> list[Any]:
        """The columns' labels."""
        return [self.field(name).verbose_name for name in self.columns]

    def field(self, name: str) -> models.Field[Any, Any]:
        """A column of the table."""
        found: models.Field[Any, Any] = self.model._meta.get_field(name)  # type: ignore[assignment]  # none is a relation
        return found

    def cells(self, row: RegisterRow) -> list[str]:
        """The row's values in words."""
        return [self._cell(row, name) for name in self.columns]

    def labelled(self, row: RegisterRow) -> list[tuple[Any, str]]:
        """Each column's label with its value in words."""
        return list(zip(self.headings, self.cells(row), strict=True))

    def _cell(self, row: RegisterRow, name: str) -> str:
        value = getattr(row, name)
        if self.field(name).choices:
            return str(getattr(row, f"get_{name}_display")())
        match value:
            case bool():
                return str(_("はい") if value else _("いいえ"))
            case dt.date():
                return format_date(value)
            case None:
                return ""
        return str(value)


REGISTERS: Final[dict[str, Register]] = {
    one.code: one
    for one in (
        Register(
            "copies",
            CopyRecord,
            gettext_lazy("複写の台帳"),
            gettext_lazy("個人情報を複写したときに、市の承諾番号とともに記録します。"),
            ("copied_on", "what", "why", "copies", "consent_number", "fate", "fate_on"),
        ),
        Register(
            "media",
            MediumRecord,
            gettext_lazy("媒体の台帳"),
            gettext_lazy("個人情報がどの媒体で何部あり、どこに施錠して保管しているかを記録します。"),
            ("what", "medium", "copies", "place", "is_locked", "key_keeper", "checked_on"),
        ),
        Register(
            "subcontracts",
            SubcontractRecord,
            gettext_lazy("再委託の承諾"),
            gettext_lazy("市の承諾を得た再委託先と業務、期間を記録します。"),
            ("contractor", "work", "handles_data", "first", "last", "consent_number", "consented_on"),
        ),
        Register(
            "disposals",
            DisposalRecord,
            gettext_lazy("返還・廃棄の証明"),
            gettext_lazy("個人情報を返還・廃棄したことを、立会人とともに記録し、証明書を印刷します。"),
            ("ending", "what", "medium", "quantity", "method", "done_on", "witness", "control_number"),
        ),
    )
}
"""Register by code."""


def rows_of(register: Register, *, tenant: str = "", year: int | None = None, all_rows: bool = False) -> QuerySet[Any]:
    """The rows, each with its correction; without ``all_rows`` those that were corrected stay away."""
    rows: QuerySet[Any] = register.model._default_manager.select_related("corrects").all()
    if tenant:
        rows = rows.filter(tenant=tenant)
    if year:
        begins = dt.datetime(year, 4, 1, tzinfo=TOKYO)
        rows = rows.filter(recorded_at__gte=begins, recorded_at__lt=begins.replace(year=year + 1))
    return rows if all_rows else rows.filter(correction__isnull=True)


def row_of(register: Register, row: UUID) -> RegisterRow:
    """One row; ``UnknownRegisterRowError``."""
    found: RegisterRow | None = register.model._default_manager.filter(pk=row).first()
    if found is None:
        raise UnknownRegisterRowError
    return found


def operator_name_on(tenant: str, day: dt.date) -> str:
    """Who runs the facility on ``day``; empty if nobody does."""
    runs = OperatorAssignment.objects.filter(tenant__schema_name=tenant, during__contains=day)
    return runs.values_list("operator__name", flat=True).first() or ""


def years(today_year: int) -> Sequence[tuple[str, str]]:
    """The fiscal years to choose from."""
    return [(str(year), format_fiscal_year(year)) for year in range(today_year, today_year - 6, -1)]
