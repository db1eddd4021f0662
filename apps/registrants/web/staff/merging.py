"""Two records that may be of one person or group: found, compared, merged or told apart."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.registrants.merging_errors import SameRecordError, UnknownProposalError
from apps.registrants.models import Act, Registrant
from apps.registrants.queries.merging import open_proposal, open_proposals, proposal_of
from apps.registrants.queries.registrants import registrant_by_number, registrant_of
from apps.registrants.queries.standing import standing_of
from apps.registrants.services import merge as merging
from apps.registrants.services.hooks import merge_warnings
from apps.registrants.services.moving import counts_of
from apps.registrants.templatetags.registrants import comparison
from apps.registrants.web.staff.act_forms import MergeForm, OtherForm
from apps.registrants.web.staff.too_late import too_late
from kernel import clock
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.forms import seen_version, tell
from shared.web.guard import needs

PAGE_SIZE: Final = 20


@needs(Right.REGISTRANTS_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """Ask for the number of the other record."""
    found = registrant_of(registrant)
    form = OtherForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            other = registrant_by_number(form.cleaned_data["number"])
        except DomainError as error:
            form.add_error("number", problem_of(error).text)
        else:
            if other.pk != registrant:
                return redirect("desk:merge_with", registrant=registrant, other=other.pk)
            form.add_error("number", problem_of(SameRecordError()).text)
    return _choose_page(request, found, form, status=422 if form.is_bound else 200)


@needs(Right.REGISTRANTS_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: SiteRequest, registrant: UUID, other: UUID) -> HttpResponse:
    """Both records side by side; which stays, why, and then they are one."""
    pair = (registrant_of(registrant), registrant_of(other))
    choices = [(str(one.pk), f"{one.number}　{one.display_name}") for one in pair]
    if request.method != "POST":
        record(actor_of(request), Action.VIEW, object_type="registrant", object_id=registrant)
        record(actor_of(request), Action.VIEW, object_type="registrant", object_id=other)
        return _compare_page(request, pair, MergeForm(choices=choices))
    form = MergeForm(request.POST, choices=choices)
    if not form.is_valid():
        return _compare_page(request, pair, form, status=422)
    kept, gone = pair if form.cleaned_data["kept"] == str(registrant) else (pair[1], pair[0])
    try:
        merging.merge(
            actor=actor_of(request),
            kept=kept.pk,
            gone=gone.pk,
            reason=form.cleaned_data["reason"],
            seen_versions=(_version(request, kept), _version(request, gone)),
        )
    except DomainError as error:
        again = (registrant_of(registrant), registrant_of(other))
        return _compare_page(request, again, form, status=tell(form, error))
    messages.success(request, _("登録を統合しました。"))
    return redirect("desk:registrant", registrant=kept.pk)


@needs(Right.REGISTRANTS_DECIDE)
@require_safe
def duplicates(request: SiteRequest) -> HttpResponse:
    """The pairs that may be one, to be decided on."""
    page = Paginator(open_proposals(), PAGE_SIZE).get_page(request.GET.get("page"))
    record(
        actor_of(request),
        Action.SEARCH,
        object_type="duplicate_proposal",
        persons=[one for pair in page for one in (pair.one_id, pair.other_id)],
        found=page.paginator.count,
    )
    return render(request, "registrants/staff/duplicates.html", {"page_obj": page})


@needs(Right.REGISTRANTS_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def dismiss(request: SiteRequest, proposal: int) -> HttpResponse:
    """Show the pair once more and say what deciding that it is two brings about; then decide so."""
    if request.method != "POST":
        found = open_proposal(proposal)
        shown = [found.one_id, found.other_id]
        record(actor_of(request), Action.VIEW, object_type="duplicate_proposal", persons=shown)
        context = {
            "proposal": found,
            "registrant": found.one,
            "other": found.other,
            "rows": comparison(found.one, found.other),
        }
        return render(request, "registrants/staff/dismiss.html", context)
    try:
        merging.dismiss(actor=actor_of(request), proposal=proposal)
    except UnknownProposalError as error:
        back = (reverse("desk:proposals"), _("重複の候補に戻る"))
        return too_late(request, error, heading=_("別人・別団体とする"), back=back)
    messages.success(request, _("別人・別団体として記録しました。今後は候補に出ません。"))
    return redirect("desk:proposals")


def _version(request: SiteRequest, one: Registrant) -> int:
    return seen_version({"version": request.POST.get(f"version-{one.pk}", "")})


def _choose_page(request: SiteRequest, found: Registrant, form: OtherForm, *, status: int = 200) -> HttpResponse:
    context = {"registrant": found, "form": form}
    return render(request, "registrants/staff/merge_choose.html", context, status=status)


def _compare_page(
    request: SiteRequest, pair: tuple[Registrant, Registrant], form: MergeForm, *, status: int = 200
) -> HttpResponse:
    standings = [(one, standing_of(one, clock.today())) for one in pair]
    context = {
        "registrant": pair[0],
        "other": pair[1],
        "past": [
            (one, beside, standing)
            for (one, standing), beside in zip(standings, pair[::-1], strict=True)
            if Act.MERGE not in standing.acts
        ],
        "rows": comparison(*pair),
        "counts": counts_of(pair[0].pk, pair[1].pk),
        "warnings": merge_warnings(pair[0].pk, pair[1].pk),
        "standings": standings,
        "form": form,
        "proposal": proposal_of(pair[0].pk, pair[1].pk),
    }
    return render(request, "registrants/staff/merge.html", context, status=status)
