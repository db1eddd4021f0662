"""The city reviews rosters: all facilities' submissions, and the page of one (使用者名簿の審査)."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.compliance.models.roster import RosterSubmission
from apps.compliance.queries.roster import Listed, city_submission, city_submissions
from apps.compliance.rules.roster import NEVER_RETURNED, NEW_PEOPLE, Kind, Standing
from apps.compliance.services.roster.review import approve, send_back
from apps.compliance.web.city.about import row_of
from apps.compliance.web.city.chrome import page
from kernel.errors import DomainError
from shared.requests import SiteRequest, actor_of, signed_in
from shared.staff.rights import Right, holds
from shared.web.forms import seen_version, tell
from shared.web.guard import may, needs

WAITING = (Standing.SUBMITTED, Standing.APPROVED, Standing.GRANTED, Standing.RECEIVED)


class ReviewForm(forms.Form):
    """What the city says of the whole, and of each row."""

    note = forms.CharField(
        label=_("施設への連絡（差戻しの理由など）"), max_length=300, required=False, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, data: object, *, listed: Listed) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict or None
        self.listed = listed
        if listed.submission.kind not in NEVER_RETURNED:
            for row in listed.rows:
                label = gettext("{name}さんの行の差戻しの理由").format(name=row.name)
                self.fields[f"fault-{row.pk}"] = forms.CharField(label=label, max_length=200, required=False)

    def faults(self) -> dict[UUID, str]:
        """Row -> what is wrong with it."""
        return {row.pk: self.cleaned_data.get(f"fault-{row.pk}", "") for row in self.listed.rows}


@needs(Right.CITY_SEE)
@require_safe
def index(request: SiteRequest) -> HttpResponse:
    """What facilities have submitted: what waits first. For those who review and those who give IDs."""
    _reviewing_or_granting(request)
    found = city_submissions()
    waiting = [one for one in found if one.standing in WAITING]
    rest = [one for one in found if one.standing not in WAITING]
    return page(request, "rosters.html", waiting=waiting, rest=rest, trail=_trail())


@needs(Right.CITY_SEE, to_change=Right.ROSTER_REVIEW, about=row_of(RosterSubmission, "submission"))
@require_http_methods(["GET", "HEAD", "POST"])
def submission(request: SiteRequest, submission: UUID) -> HttpResponse:
    """One submission: approve it or send it back."""
    _reviewing_or_granting(request)
    listed = city_submission(submission)
    form = ReviewForm(request.POST if request.method == "POST" else None, listed=listed)
    if request.method != "POST" or not form.is_valid():
        return _page(request, listed, form, status=422 if request.method == "POST" else 200)
    said = {"note": form.cleaned_data["note"], "seen_version": seen_version(request.POST)}
    is_return = request.POST.get("step") == "return"
    try:
        if is_return:
            send_back(actor=actor_of(request), submission=submission, faults=form.faults(), **said)
        else:
            approve(actor=actor_of(request), submission=submission, **said)
    except DomainError as error:
        return _page(request, city_submission(submission), form, status=tell(form, error))
    messages.success(request, gettext("施設に差し戻しました。") if is_return else gettext("記録しました。"))
    return redirect("city:rosters")


def _page(request: SiteRequest, listed: Listed, form: ReviewForm, *, status: int = 200) -> HttpResponse:
    kind = listed.submission.kind
    grants = may(request, Right.ACCOUNTS_GRANT)
    is_ready = listed.standing == Standing.APPROVED or (kind == Kind.PASSWORD and listed.standing == Standing.SUBMITTED)
    return page(
        request,
        "roster.html",
        status=status,
        trail=[
            *_trail()[:1],
            (gettext("使用者名簿"), reverse("city:rosters")),
            (str(listed.submission.get_kind_display()), ""),
        ],
        listed=listed,
        form=form,
        may_review=may(request, Right.ROSTER_REVIEW) and listed.standing == Standing.SUBMITTED,
        may_return=kind not in NEVER_RETURNED,
        may_grant=grants and is_ready and (kind in NEW_PEOPLE or kind == Kind.PASSWORD),
        may_carry_out=grants and is_ready and kind == Kind.CHANGE,
        may_reprint=grants and listed.standing == Standing.GRANTED,
    )


def _trail() -> list[tuple[str, str]]:
    return [(gettext("管理"), reverse("city:office")), (gettext("使用者名簿"), "")]


def _reviewing_or_granting(request: SiteRequest) -> None:
    roles = signed_in(request).roles
    if not (holds(roles, Right.ROSTER_REVIEW) or holds(roles, Right.ACCOUNTS_GRANT)):
        raise PermissionDenied
