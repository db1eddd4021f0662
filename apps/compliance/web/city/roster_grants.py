"""情報政策 gives IDs: slips to print, changes to carry out, IDs of all facilities to suspend."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.compliance.documents.slip import SealedSlip, slips_pdf
from apps.compliance.models.roster import RosterSubmission
from apps.compliance.queries.facilities import tenant_names
from apps.compliance.queries.roster import city_accounts, city_submission
from apps.compliance.services.roster.grant import Slip, carry_out, print_slips, suspend
from apps.compliance.web.city.about import named_by, row_of
from apps.compliance.web.city.chrome import page
from kernel import clock
from kernel.errors import DomainError
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.addresses import address_of
from shared.web.forms import tell
from shared.web.guard import needs
from tenants.models import Host


class SuspendForm(forms.Form):
    """Why an ID is suspended."""

    note = forms.CharField(
        label=_("停止の理由"),
        max_length=200,
        help_text=_("記録に残ります。氏名や番号は書かないでください。"),
        error_messages={"required": _("停止の理由を入力してください。")},
    )


@needs(Right.ACCOUNTS_GRANT, about=row_of(RosterSubmission, "submission"))
@require_POST
def grant(request: SiteRequest, submission: UUID) -> HttpResponse:
    """Give the IDs of an approved roster, or the password that was asked for: the slips as one PDF, this once."""
    made = print_slips(actor=actor_of(request), submission=submission)
    return _pdf(made, city_submission(submission).submission.tenant)


@needs(Right.ACCOUNTS_GRANT, about=row_of(RosterSubmission, "submission"))
@require_POST
def slips(request: SiteRequest, submission: UUID) -> HttpResponse:
    """A new password and a new slip for each of the chosen rows; what was printed before is void."""
    listed = city_submission(submission)
    wanted = [row.pk for row in listed.rows if str(row.pk) in request.POST.getlist("row")]
    if not wanted:
        messages.error(request, gettext("用紙を作り直す人を選択してください。"))
        return redirect("city:roster", submission=submission)
    made = print_slips(actor=actor_of(request), submission=submission, rows=wanted)
    return _pdf(made, listed.submission.tenant)


@needs(Right.ACCOUNTS_GRANT, about=row_of(RosterSubmission, "submission"))
@require_POST
def carry_out_row(request: SiteRequest, submission: UUID, row: UUID) -> HttpResponse:
    """Carry out an approved 変更届."""
    if row not in {one.pk for one in city_submission(submission).rows}:
        raise Http404
    carry_out(actor=actor_of(request), row=row)
    messages.success(request, gettext("変更を反映しました。"))
    return redirect("city:roster", submission=submission)


@needs(Right.ACCOUNTS_GRANT)
@require_safe
def ids(request: SiteRequest) -> HttpResponse:
    """The IDs of all facilities."""
    names = tenant_names()
    wanted = request.GET.get("tenant", "")
    if wanted and wanted not in names:
        raise Http404
    accounts = [(one, names[one.tenant]) for one in city_accounts(wanted) if one.tenant in names]
    trail = [(gettext("管理"), reverse("city:office")), (gettext("施設のID"), "")]
    return page(request, "ids.html", accounts=accounts, tenants=names.values(), wanted=wanted, trail=trail)


@needs(Right.ACCOUNTS_GRANT, about=named_by("tenant"))
@require_http_methods(["GET", "HEAD", "POST"])
def suspend_id(request: SiteRequest, tenant: str, account: UUID) -> HttpResponse:
    """Suspend an ID at once."""
    found = next((one for one in city_accounts(tenant) if one.id == account), None)
    if found is None:
        raise Http404
    form = SuspendForm(request.POST if request.method == "POST" else None)
    context = {"found": found, "tenant": tenant_names()[tenant], "form": form, "trail": _trail()}
    if request.method != "POST" or not form.is_valid():
        return page(request, "id_suspend.html", status=422 if request.method == "POST" else 200, **context)
    try:
        suspend(actor=actor_of(request), tenant=tenant, account=account, note=form.cleaned_data["note"])
    except DomainError as error:
        return page(request, "id_suspend.html", status=tell(form, error), **context)
    messages.success(request, gettext("IDを停止しました。"))
    return redirect("city:ids")


def _trail() -> list[tuple[str, str]]:
    return [
        (gettext("管理"), reverse("city:office")),
        (gettext("施設のID"), reverse("city:ids")),
        (gettext("停止"), ""),
    ]


def _pdf(made: Sequence[Slip], tenant: str) -> HttpResponse:
    host = Host.objects.filter(tenant__schema_name=tenant, is_primary=True).values_list("domain", flat=True).first()
    sealed = [
        SealedSlip(one.name, one.facility, one.title, one.login_id, one.password, one.until, address_of(host or ""))
        for one in made
    ]
    pdf = slips_pdf(sealed, printed_on=clock.today())
    headers = {"Content-Disposition": 'inline; filename="slips.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
