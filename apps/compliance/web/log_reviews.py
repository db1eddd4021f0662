"""The monthly review of the audit (ログ点検): explained and signed at the desk, confirmed at the city."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from apps.compliance.models.logs import LogReview, LogSample
from apps.compliance.queries.logs import names_of, numbers_of
from apps.compliance.services.log_reviews import confirm, explain, sign
from apps.compliance.web.logs import page, site_name
from kernel import clock
from kernel.errors import DomainError
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of, staff_of
from shared.web.forms import tell
from tenants.models import Tenant

PAGE_SIZE: Final = 50


class CommentForm(forms.Form):
    """What was noticed."""

    comment = forms.CharField(
        label=_("所見"),
        required=False,
        max_length=300,
        help_text=_("気づいたこと、指導したこと。なければ空欄で構いません。"),
        widget=forms.Textarea({"rows": 3}),
    )


def reviews(request: SiteRequest) -> HttpResponse:
    """The sheets, the newest month first; late ones are marked."""
    found = Paginator(LogReview.objects.all(), PAGE_SIZE).get_page(request.GET.get("page"))
    places = dict(Tenant.objects.values_list("schema_name", "name")) if _at_city(request) else {}
    today = clock.today()
    lines = [(one, places.get(one.tenant, ""), one.is_late(today)) for one in found]
    trail = [(__("操作記録"), reverse(site_name(request, "log"))), (__("ログ点検"), "")]
    return page(request, "reviews", page_obj=found, lines=lines, trail=trail)


def review(request: SiteRequest, number: int) -> HttpResponse:
    """One sheet. Posted to, the drawn views are explained; signing and confirming have addresses of their own."""
    found = _review(number)
    if request.method != "POST":
        return _sheet(request, found, CommentForm())
    said = _said(request, found)
    problems = _explained(request, found, said)
    if problems:
        return _sheet(request, found, CommentForm(), said=said, problems=problems, status=422)
    messages.success(request, __("説明を記録しました。"))
    return redirect(site_name(request, "log_review"), number=number)


def signed(request: SiteRequest, number: int) -> HttpResponse:
    """Sign (desk) or confirm (city)."""
    found, form = _review(number), CommentForm(request.POST)
    if not form.is_valid():
        return _sheet(request, found, form, status=422)
    account = staff_of(request)
    act = confirm if _at_city(request) else sign
    try:
        name = account.name if account else ""
        act(actor=actor_of(request), name=name, review=number, comment=form.cleaned_data["comment"])
    except DomainError as error:
        return _sheet(request, found, form, status=tell(form, error))
    messages.success(request, __("確認しました。") if _at_city(request) else __("署名しました。市に届きました。"))
    return redirect(site_name(request, "log_reviews"))


def _review(number: int) -> LogReview:
    found = LogReview.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _said(request: SiteRequest, found: LogReview) -> dict[int, str]:
    """Sample -> what was typed, of those that are not explained yet."""
    open_ones = LogSample.objects.filter(review=found, explained_at=None).values_list("pk", flat=True)
    typed = {pk: str(request.POST.get(f"said-{pk}", "")).strip() for pk in open_ones}
    return {pk: text[:200] for pk, text in typed.items() if text}


def _explained(request: SiteRequest, found: LogReview, said: dict[int, str]) -> dict[int, str]:
    """Write each that can be written; sample -> what is wrong with the others."""
    problems: dict[int, str] = {}
    for pk, text in said.items():
        try:
            explain(actor=actor_of(request), review=found.pk, said={pk: text})
        except DomainError as error:
            problems[pk] = problem_of(error).text
    return problems


def _sheet(
    request: SiteRequest,
    found: LogReview,
    form: CommentForm,
    *,
    said: dict[int, str] | None = None,
    problems: dict[int, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    at_city = _at_city(request)
    samples = list(found.samples.all())
    names = names_of({one.actor_id for one in samples if one.actor_id}, at_city=at_city)
    numbers = numbers_of({person for one in samples for person in one.persons[:3]}, at_city=at_city)
    context: dict[str, Any] = {
        "review": found,
        "form": form,
        "is_late": found.is_late(clock.today()),
        "totals": sorted(found.totals.items()),
        "samples": [
            (one, _who(names, one.actor_id), [numbers[p] for p in one.persons[:3] if p in numbers],
             (said or {}).get(one.pk, ""), (problems or {}).get(one.pk, ""))
            for one in samples
        ],
        "has_problems": bool(problems),
        "left": sum(1 for one in samples if one.explained_at is None),
        "place": Tenant.objects.filter(schema_name=found.tenant).values_list("name", flat=True).first(),
        "trail": [(__("ログ点検"), reverse(site_name(request, "log_reviews"))), (f"{found.month:%Y-%m}", "")],
    }  # fmt: skip
    return page(request, "review", status=status, **context)


def _who(names: dict[UUID, str], actor: UUID | None) -> str:
    return names.get(actor, "") if actor else ""


def _at_city(request: SiteRequest) -> bool:
    return request.place.kind == "city"
