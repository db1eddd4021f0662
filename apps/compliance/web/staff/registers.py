"""The registers of a desk: look, add, correct, print."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from apps.compliance.documents.registers import CertificateSheet, certificate_pdf
from apps.compliance.models.registers import DisposalRecord
from apps.compliance.queries.registers import REGISTERS, Register, operator_name_on, row_of, rows_of
from apps.compliance.services.keep_register import add_row, correct_row
from apps.compliance.web.register_forms import RegisterFilterForm, RegisterForm
from apps.compliance.web.register_sheets import pdf, printed
from kernel import clock
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of, tenant_of
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import needs

PAGE_SIZE: Final = 20


@needs(Right.REGISTERS_KEEP)
@require_safe
def index(request: SiteRequest) -> HttpResponse:
    """All registers."""
    return render(request, "compliance/staff/registers.html", {"registers": REGISTERS.values(), "trail": _trail()})


@needs(Right.REGISTERS_KEEP)
@require_safe
def register(request: SiteRequest, code: str) -> HttpResponse:
    """One register's rows, the newest first."""
    found = _register(code)
    form = RegisterFilterForm(request.GET)
    rows = rows_of(found, **form.chosen()).select_related("correction")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    lines = [(row, found.labelled(row)) for row in page]
    context = {"register": found, "form": form, "page_obj": page, "lines": lines, "trail": _trail(found.label)}
    return render(request, "compliance/staff/register.html", context)


@needs(Right.REGISTERS_KEEP)
@require_safe
def register_print(request: SiteRequest, code: str) -> HttpResponse:
    """The same rows as a PDF."""
    found, chosen = _register(code), RegisterFilterForm(request.GET).chosen()
    return printed(request, found, rows_of(found, **chosen), facility=tenant_of(request).name, year=chosen["year"])


@needs(Right.REGISTERS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SiteRequest, code: str) -> HttpResponse:
    """A new row."""
    found = _register(code)
    form = RegisterForm(found, request.POST if request.method == "POST" else None)
    return _written(request, found, form, None)


@needs(Right.REGISTERS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: SiteRequest, code: str, entry: UUID) -> HttpResponse:
    """A row that stands for another one from now on."""
    found = _register(code)
    former = row_of(found, entry)
    was = {name: getattr(former, name) for name in found.columns}
    form = RegisterForm(found, request.POST if request.method == "POST" else None, initial=was, corrects=True)
    return _written(request, found, form, entry)


@needs(Right.REGISTERS_KEEP)
@require_safe
def certificate(request: SiteRequest, entry: UUID) -> HttpResponse:
    """返還・廃棄証明書 of one row, for the signatures."""
    found = row_of(REGISTERS["disposals"], entry)
    assert isinstance(found, DisposalRecord)  # noqa: S101  # for the types
    record(actor_of(request), Action.PRINT, object_type="register", object_id=entry, register="disposals")
    with override("ja"):
        sheet = _certificate(found)
    return pdf(certificate_pdf(sheet), f"certificate-{found.serial}.pdf")


def _certificate(found: DisposalRecord) -> CertificateSheet:
    done = found.get_ending_display()
    items = REGISTERS["disposals"]
    return CertificateSheet(
        title=f"個人情報{done}証明書",
        number=f"第{found.serial}号",
        addressee="印西市長　様",
        sentence=f"次のとおり、個人情報を{done}したことを証明します。",
        items=[(str(label), cell) for label, cell in items.labelled(found) if cell],
        operator=operator_name_on(found.tenant, clock.today()),
        certified_on=clock.today(),
    )


def _written(request: SiteRequest, found: Register, form: RegisterForm, row: UUID | None) -> HttpResponse:
    if request.method != "POST":
        return _form_page(request, found, form, row)
    if not form.is_valid():
        return _form_page(request, found, form, row, status=422)
    values: dict[str, Any] = dict(form.cleaned_data)
    who: dict[str, Any] = {"actor": actor_of(request), "tenant": request.place.schema, "register": found}
    try:
        if row is None:
            made = add_row(**who, values=values)
        else:
            reason = values.pop("correction_reason")
            made = correct_row(**who, row=row, values=values, reason=reason)
    except DomainError as error:
        if error.status == 404:
            raise
        return _form_page(request, found, form, row, status=tell(form, error))
    messages.success(request, _("第{serial}号として記録しました。").format(serial=made.serial))
    return redirect("office:register", code=found.code)


def _form_page(
    request: SiteRequest, found: Register, form: RegisterForm, row: UUID | None, *, status: int = 200
) -> HttpResponse:
    heading = _("記録を訂正する") if row else _("記録を追加する")
    trail = [*_trail(found.label)[:-1], (found.label, reverse("office:register", args=[found.code])), (heading, "")]
    context = {"register": found, "form": form, "heading": heading, "trail": trail}
    return render(request, "compliance/staff/register_form.html", context, status=status)


def _register(code: str) -> Register:
    if code not in REGISTERS:
        raise Http404
    return REGISTERS[code]


def _trail(here: Any = "") -> list[tuple[Any, str]]:
    office = (_("管理"), reverse("office:index"))
    return [office, (_("台帳"), reverse("office:registers")), (here, "")] if here else [office, (_("台帳"), "")]
