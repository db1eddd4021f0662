"""The city's own IDs (市職員のID), kept by 情報政策."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.compliance.documents.slip import SealedSlip, slips_pdf
from apps.compliance.services.city_accounts import change_account, open_account, reset_account
from apps.compliance.services.roster.grant import Slip
from apps.compliance.web.city.chrome import page
from kernel import clock
from kernel.errors import DomainError
from shared.requests import SiteRequest, actor_of, staff_of
from shared.staff.models import StaffAccount
from shared.staff.rights import CITY_ROLES, Right
from shared.web.addresses import address_of
from shared.web.forms import tell
from shared.web.guard import needs

CHOICES = [(role.value, role.label) for role in CITY_ROLES]


class RolesForm(forms.Form):
    """The roles of an ID, and whether it may be used."""

    roles = forms.MultipleChoiceField(
        label=_("役割"),
        choices=CHOICES,
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("役割を1つ以上選択してください。")),
    )
    is_active = forms.BooleanField(label=_("このIDを使えるようにする"), required=False)


class NewForm(RolesForm):
    """A new ID."""

    name = forms.CharField(label=_("氏名"), max_length=60, error_messages={"required": _("氏名を入力してください。")})
    title = forms.CharField(label=_("職名"), max_length=60, required=False)
    is_active = None  # type: ignore[assignment]  # Django's way to leave a field out
    field_order = ("name", "title", "roles")


@needs(Right.CITY_ACCOUNTS)
@require_safe
def index(request: SiteRequest) -> HttpResponse:
    """All IDs of the city."""
    accounts = StaffAccount.objects.order_by("-is_active", "login_id")
    return page(request, "accounts.html", accounts=accounts, own=_own(request), trail=_trail()[:2])


@needs(Right.CITY_ACCOUNTS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SiteRequest) -> HttpResponse:
    """Open an ID: the answer is its sealed slip, this once."""
    form = NewForm(request.POST if request.method == "POST" else None)
    trail = [*_trail(), (gettext("新しいID"), "")]
    if request.method != "POST" or not form.is_valid():
        return page(
            request, "account_new.html", status=422 if request.method == "POST" else 200, form=form, trail=trail
        )
    try:
        made = open_account(actor=actor_of(request), **form.cleaned_data)
    except DomainError as error:
        return page(request, "account_new.html", status=tell(form, error), form=form, trail=trail)
    return _pdf(made)


@needs(Right.CITY_ACCOUNTS)
@require_http_methods(["GET", "HEAD", "POST"])
def account_page(request: SiteRequest, account: UUID) -> HttpResponse:
    """One ID: its roles, suspended or not."""
    found = get_object_or_404(StaffAccount, pk=account)
    initial = {"roles": found.roles, "is_active": found.is_active}
    form = RolesForm(request.POST if request.method == "POST" else None, initial=initial)
    context = {
        "found": found,
        "form": form,
        "is_own": found.pk == _own(request),
        "trail": [*_trail(), (found.login_id, "")],
    }
    if request.method != "POST" or not form.is_valid():
        return page(request, "account.html", status=422 if request.method == "POST" else 200, **context)
    try:
        change_account(actor=actor_of(request), account=account, **form.cleaned_data)
    except DomainError as error:
        return page(request, "account.html", status=tell(form, error), **context)
    messages.success(request, gettext("IDを変更しました。"))
    return redirect("city:accounts")


@needs(Right.CITY_ACCOUNTS)
@require_POST
def slip(request: SiteRequest, account: UUID) -> HttpResponse:
    """A new one-time password on a slip; the old password is void."""
    get_object_or_404(StaffAccount, pk=account)
    return _pdf(reset_account(actor=actor_of(request), account=account))


def _own(request: SiteRequest) -> UUID | None:
    own = staff_of(request)
    return own.pk if own else None


def _trail() -> list[tuple[str, str]]:
    return [(gettext("管理"), reverse("city:office")), (gettext("市職員のID"), reverse("city:accounts"))]


def _pdf(made: Slip) -> HttpResponse:
    address = address_of(settings.CITY_HOST)
    sealed = SealedSlip(made.name, made.facility, made.title, made.login_id, made.password, made.until, address)
    headers = {"Content-Disposition": 'inline; filename="slip.pdf"', "Cache-Control": "no-store"}
    pdf = slips_pdf([sealed], printed_on=clock.today())
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
