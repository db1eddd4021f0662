"""What the pages of 廃棄 at a desk and at the city have in common."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django_htmx.http import HttpResponseClientRefresh

from apps.compliance.documents.registers import CertificateSheet, certificate_pdf
from apps.compliance.queries.registers import operator_name_on
from apps.compliance.queries.retention import DisposalLine, item_lines, reasons_of
from apps.compliance.retention_errors import DisposalStateError
from apps.compliance.rules.retention import Stage
from apps.compliance.templatetags.compliance import kept_for
from apps.compliance.web.register_sheets import pdf
from kernel import clock
from kernel.wareki import format_date
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of
from shared.retention import Fate
from tenants.scope import SHARED_SCHEMA

ITEMS: Final = 50
"""Records a page."""


def list_context(request: SiteRequest, line: DisposalLine, *, with_names: bool) -> dict[str, Any]:
    """What the page of one disposal shows; of its records those that go, or with ``?held=1`` those that stay."""
    items = line.disposal.items.all()
    stays = bool(request.GET.get("held"))
    items = items.exclude(held="", why="") if stays else items.filter(held="")
    found = Paginator(items, ITEMS).get_page(request.GET.get("page"))
    return {
        "line": line,
        "one": line.disposal,
        "page_obj": found,
        "items": item_lines(line, list(found), with_names=with_names),
        "has_names": with_names and bool(line.kind.names),
        "reasons": reasons_of(line),
        "stays": stays,
    }


def progress_answer(request: SiteRequest, line: DisposalLine) -> HttpResponse:
    """How far the work is, for htmx; the page anew once there is nothing to wait for."""
    if not line.is_working:
        return HttpResponseClientRefresh()
    return render(request, "compliance/_disposal_progress.html", {"line": line, "one": line.disposal})


def certificate_answer(request: SiteRequest, line: DisposalLine, facility: str) -> HttpResponse:
    """廃棄証明書 as PDF, and the record of its printing. ``DisposalStateError`` before the disposal is done."""
    if line.stage is not Stage.DONE:
        raise DisposalStateError
    record(actor_of(request), Action.PRINT, object_type="disposal", object_id=line.disposal.pk, form="certificate")
    with override("ja"):
        sheet = certificate_of(line, facility)
    return pdf(certificate_pdf(sheet), "disposal.pdf")


def certificate_of(line: DisposalLine, facility: str) -> CertificateSheet:
    """廃棄証明書: what, how many, on which ground, and whose hands it went through."""
    one = line.disposal
    assert one.done_at is not None  # noqa: S101  # it is done
    word = {Fate.ANONYMISED: "匿名化", Fate.ERASED: "消去", Fate.ARCHIVED: "保管ファイルへ移動"}[line.kind.fate]
    items = [
        ("施設", facility),
        ("記録の種類", str(line.kind.label)),
        ("保存期間", f"{kept_for(one.months or 0)}（起算：{line.kind.event}）"),
        ("基準日", format_date(one.due_on)),
        ("一覧の件数", f"{one.listed}件（ほかに、保存を続けるもの{one.held}件）"),
        (f"{word}した件数", f"{one.done}件"),
        ("対象から外れた件数", f"{one.dropped}件"),
        ("消したもの", str(line.kind.does)),
        ("統計として残したもの", str(line.kind.stays)),
        ("方法", f"システムの中の記録の{word}"),
        ("申し出た者", f"{one.asked_name}（{format_date(_day(one.asked_at))}）"),
        ("確認した者", f"{one.decided_name}（{format_date(_day(one.decided_at or one.done_at))}）"),
        ("実施した日", format_date(_day(one.done_at))),
    ]
    operator = "印西市" if one.tenant == SHARED_SCHEMA else operator_name_on(one.tenant, clock.today())
    return CertificateSheet(
        title="個人情報廃棄証明書",
        number=line.number,
        addressee="印西市長　様",
        sentence="次のとおり、保存期間を過ぎた記録を廃棄したことを証明します。",
        items=items,
        operator=operator,
        certified_on=clock.today(),
    )


def _day(instant: dt.datetime) -> dt.date:
    return instant.astimezone(clock.TOKYO).date()
