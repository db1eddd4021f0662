"""A new tenant from a page of the city: asked for here, performed elsewhere, watched here."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.compliance.founding_texts import FAILURE_TEXTS, STAGE_WORDS
from apps.compliance.models.founding import Founding
from apps.compliance.queries.founding import founding as one_founding
from apps.compliance.queries.founding import known_names
from apps.compliance.rules.founding import Stage
from apps.compliance.services.founding.ask import ask, ask_again, drop
from apps.compliance.web.city.chrome import Trail, page
from apps.compliance.web.city.founding_forms import (
    FoundingForm,
    facilities_of,
    free_facilities,
    proposed,
    roster_of,
)
from apps.compliance.web.staff.roster_forms import People, people_of_file, sent_people
from kernel.errors import DomainError
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.addresses import address_of
from shared.web.bodies import takes_a_file
from shared.web.forms import tell
from shared.web.guard import needs


@needs(Right.TENANTS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
@takes_a_file
def new(request: SiteRequest) -> HttpResponse:
    """First which facilities, then everything else; a founding is asked for when nothing is wrong."""
    said = request.POST if request.method == "POST" else request.GET
    facilities = facilities_of(said.getlist("facility"))
    if not facilities:
        return _choose(request, is_asked="facility_asked" in said or request.method == "POST")
    if request.method == "POST":
        return _sent(request, FoundingForm(request.POST, facilities=facilities))
    form = FoundingForm(initial=dict(proposed(facilities, known_names())), facilities=facilities)
    return _form(request, form, People([]))


def _choose(request: SiteRequest, *, is_asked: bool) -> HttpResponse:
    context = {"facilities": free_facilities(known_names()), "is_missing": is_asked}
    trail = _trail(gettext("新しい窓口"))
    return page(request, "founding_choose.html", status=422 if is_asked else 200, trail=trail, **context)


def _sent(request: SiteRequest, form: FoundingForm) -> HttpResponse:
    is_good, bounds, step = form.is_good, form.bounds(), request.POST.get("step", "")
    if step == "rows":
        return _form(request, form, sent_people(request.POST, bounds, more=1), is_checked=False)
    if step == "file":
        return _from_file(request, form)
    people = sent_people(request.POST, bounds)
    roster = roster_of(people)
    if not is_good or roster is None:
        return _form(request, form, people, status=422)
    try:
        made = ask(actor=actor_of(request), wanted=form.row(roster))
    except DomainError as error:
        return _form(request, form, people, status=tell(form, error))
    return redirect("city:founding", made.pk)


def _from_file(request: SiteRequest, form: FoundingForm) -> HttpResponse:
    given, bounds = request.FILES.get("file"), form.bounds()
    if given is None:
        told = gettext("ファイルを選択してください。")
        return _form(request, form, sent_people(request.POST, bounds), status=422, problem=told, is_checked=False)
    try:
        people = people_of_file(request.POST, given.file, bounds)  # type: ignore[arg-type]  # an open file
    except DomainError as error:
        problem = problem_of(error)
        typed = sent_people(request.POST, bounds)
        return _form(request, form, typed, status=problem.status, problem=problem.text, is_checked=False)
    return _form(request, form, people, status=422 if people.problems else 200, is_checked=False)


def _form(
    request: SiteRequest,
    form: FoundingForm,
    people: People,
    *,
    status: int = 200,
    problem: str = "",
    is_checked: bool = True,
) -> HttpResponse:
    """The form as it was sent; without its own errors while somebody is only adding people (not ``is_checked``)."""
    shown = form if is_checked else _unchecked(form)
    context = {"form": shown, "people": people, "problem": problem, "facilities": form.facilities}
    return page(request, "founding_new.html", status=status, trail=_trail(gettext("新しい窓口")), **context)


def _unchecked(form: FoundingForm) -> FoundingForm:
    shown = FoundingForm(initial=_typed(form), facilities=form.facilities)
    shown.new_operator.initial = _typed(form.new_operator)
    return shown


def _typed(form: Any) -> dict[str, Any]:
    return {
        name: field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        for name, field in form.fields.items()
    }


@needs(Right.TENANTS_KEEP)
@require_safe
def founding(request: SiteRequest, founding: UUID) -> HttpResponse:
    """How far it has come, and what came of it; the part that changes asks again by itself."""
    found = one_founding(founding)
    context = _progress(found)
    if request.headers.get("HX-Request") and found.is_open:
        return render(request, "compliance/city/_founding_progress.html", context)
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return page(request, "founding.html", trail=_trail(found.name), **context)


@needs(Right.TENANTS_KEEP)
@require_POST
def again(request: SiteRequest, founding: UUID) -> HttpResponse:
    """Try once more."""
    try:
        ask_again(actor=actor_of(request), founding=founding)
    except DomainError as error:
        fault = FAILURE_TEXTS.get(str(error.params.get("fault")))
        return _refused(request, founding, str(fault or problem_of(error).text), problem_of(error).status)
    return redirect("city:founding", founding)


@needs(Right.TENANTS_KEEP)
@require_POST
def withdraw(request: SiteRequest, founding: UUID) -> HttpResponse:
    """Withdraw a founding that waits or failed."""
    try:
        drop(actor=actor_of(request), founding=founding)
    except DomainError as error:
        return _refused(request, founding, problem_of(error).text, problem_of(error).status)
    messages.success(request, gettext("開設の申込みを取り下げました。"))
    return redirect("city:tenants")


def _refused(request: SiteRequest, founding: UUID, problem: str, status: int) -> HttpResponse:
    found = one_founding(founding)
    context = {**_progress(found), "problem": problem}
    return page(request, "founding.html", status=status, trail=_trail(found.name), **context)


def _progress(found: Founding) -> dict[str, Any]:
    steps = list(Stage)
    at = steps.index(Stage(found.step)) if found.step in list(Stage) else (len(steps) if found.state == "done" else -1)
    rows = [
        (STAGE_WORDS[step], "done" if place < at else "now" if place == at else "") for place, step in enumerate(steps)
    ]
    return {
        "one": found,
        "steps": rows,
        "failure": FAILURE_TEXTS.get(found.failure, FAILURE_TEXTS["unexpected"]) if found.failure else "",
        "desk": address_of(f"{found.host}.{settings.BASE_HOST}"),
    }


def _trail(title: str) -> Trail:
    return [(gettext("管理"), reverse("city:office")), (gettext("施設の稼働"), reverse("city:tenants")), (title, "")]
