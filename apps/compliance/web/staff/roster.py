"""The 使用者名簿 at the facility: written, filled from a file, submitted, corrected when it comes back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.compliance.queries.recounts import own_recount
from apps.compliance.queries.roster import Listed, bounds_of, own_accounts, own_submission, own_submissions
from apps.compliance.rules.roster import NEW_PEOPLE, Kind
from apps.compliance.services.roster.keep import begin, save, submit
from apps.compliance.web.staff.roster_forms import People, kept_people, people_of_file, sent_people
from kernel.errors import DomainError
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of, staff_of
from shared.staff.rights import Right
from shared.web.bodies import takes_a_file
from shared.web.forms import seen_version
from shared.web.guard import needs


@needs(Right.ROSTER_SUBMIT)
@require_safe
def index(request: SiteRequest) -> HttpResponse:
    """What was submitted and how it stands, and everybody who has an ID here."""
    own = staff_of(request)
    context = {
        "submissions": own_submissions(),
        "accounts": own_accounts(),
        "own": own.pk if own else None,
        "recount": own_recount(),
        "trail": [(_("管理"), reverse("office:index")), (_("使用者名簿"), "")],
    }
    return render(request, "compliance/staff/roster.html", context)


@needs(Right.ROSTER_SUBMIT)
@require_POST
def new(request: SiteRequest) -> HttpResponse:
    """Begin a roster: the first one, or of further people."""
    kind = Kind.ADDITION if request.POST.get("kind") != Kind.FIRST else Kind.FIRST
    made = begin(actor=actor_of(request), tenant=request.place.schema, kind=kind)
    return redirect("office:roster_submission", submission=made)


@needs(Right.ROSTER_SUBMIT)
@require_http_methods(["GET", "HEAD", "POST"])
@takes_a_file
def submission(request: SiteRequest, submission: UUID) -> HttpResponse:
    """A roster: its people to write while it is open, to read afterwards."""
    listed = own_submission(submission)
    if not listed.is_open or listed.submission.kind not in NEW_PEOPLE:
        return _shown(request, listed, status=409 if request.method == "POST" else 200)
    bounds = bounds_of(request.place.schema)
    if request.method != "POST":
        return _edited(request, listed, kept_people(listed.rows, bounds))
    return _sent(request, listed)


def _sent(request: SiteRequest, listed: Listed) -> HttpResponse:
    bounds, step = bounds_of(request.place.schema), request.POST.get("step", "")
    if step == "rows":
        return _edited(request, listed, sent_people(request.POST, bounds, more=1))
    if step == "file":
        return _from_file(request, listed)
    return _kept(request, listed, sent_people(request.POST, bounds), is_submitted=step == "submit")


def _kept(request: SiteRequest, listed: Listed, people: People, *, is_submitted: bool) -> HttpResponse:
    entries, submission = people.entries(), listed.submission.pk
    if entries is None:
        return _edited(request, listed, people, status=422)
    try:
        save(actor=actor_of(request), submission=submission, entries=entries, seen_version=seen_version(request.POST))
        if is_submitted:
            submit(actor=actor_of(request), submission=submission)
    except DomainError as error:
        problem = problem_of(error)
        return _edited(request, own_submission(submission), people, status=problem.status, problem=problem.text)
    if not is_submitted:
        messages.success(request, _("保存しました。まだ市に提出されていません。"))
        return redirect("office:roster_submission", submission=submission)
    messages.success(request, _("市に提出しました。"))
    return redirect("office:roster")


def _from_file(request: SiteRequest, listed: Listed) -> HttpResponse:
    bounds = bounds_of(request.place.schema)
    given = request.FILES.get("file")
    if given is None:
        told = _("ファイルを選択してください。")
        return _edited(request, listed, sent_people(request.POST, bounds), status=422, problem=told)
    try:
        people = people_of_file(request.POST, given.file, bounds)  # type: ignore[arg-type]  # an open file
    except DomainError as error:
        problem = problem_of(error)
        typed = sent_people(request.POST, bounds)
        return _edited(request, listed, typed, status=problem.status, problem=problem.text)
    status = 422 if people.problems or people.errors() else 200
    return _edited(request, listed, people, status=status, is_read=True)


def _edited(
    request: SiteRequest, listed: Listed, people: People, *, status: int = 200, problem: str = "", is_read: bool = False
) -> HttpResponse:
    context = _context(listed) | {
        "people": people,
        "problem": problem,
        "is_read": is_read,
        "returned": [row for row in listed.rows if row.fault],
    }
    return render(request, "compliance/staff/roster_edit.html", context, status=status)


def _shown(request: SiteRequest, listed: Listed, *, status: int = 200) -> HttpResponse:
    return render(request, "compliance/staff/roster_shown.html", _context(listed), status=status)


def _context(listed: Listed) -> dict[str, Any]:
    trail = [
        (_("管理"), reverse("office:index")),
        (_("使用者名簿"), reverse("office:roster")),
        (str(listed.submission.get_kind_display()), ""),
    ]
    return {"listed": listed, "trail": trail}
