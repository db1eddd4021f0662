"""The persons of an incident at their facility's desk: recorded by number, told by letter."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from apps.compliance.incident_texts import Sending
from apps.compliance.queries.incident_letters import addressees
from apps.compliance.queries.incidents import incident_of
from apps.compliance.services.incidents.affected import add_by_numbers, exclude
from apps.compliance.services.incidents.letters import mark_letters, print_letters
from apps.compliance.web.incident_forms import UNCHOSEN, NumbersForm
from apps.compliance.web.staff.incidents import page_of, signer_of, trail_of
from kernel import clock
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.fields import DayField
from shared.web.forms import tell
from shared.web.guard import needs


class MarkForm(forms.Form):
    """How and when people were told."""

    how = forms.ChoiceField(
        label=gettext_lazy("方法"), choices=Sending.choices, widget=forms.RadioSelect, error_messages=UNCHOSEN
    )
    on = DayField(label=gettext_lazy("行った日"))


@needs(Right.PERSON_REQUESTS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def persons(request: SiteRequest, incident: UUID) -> HttpResponse:
    """The persons concerned with their letters; add by registration numbers."""
    form = NumbersForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _persons_page(request, incident, form)
    if not form.is_valid():
        return _persons_page(request, incident, form, status=422)
    try:
        number = add_by_numbers(
            signer=signer_of(request), tenant=request.place.schema, incident=incident, text=form.cleaned_data["numbers"]
        )
    except DomainError as error:
        return _persons_page(request, incident, form, status=tell(form, error))
    messages.success(request, _("{number}人を対象者に加えました。").format(number=number))
    return redirect("office:incident_persons", incident=incident)


@needs(Right.PERSON_REQUESTS_KEEP)
@require_POST
def letters(request: SiteRequest, incident: UUID) -> HttpResponse:
    """The letters of those who were ticked, or of the next for whom none was printed, as a PDF."""
    try:
        paper = print_letters(signer=signer_of(request), incident=incident, registrants=_ticked(request))
    except DomainError as error:
        return _refused(request, incident, error)
    headers = {"Content-Disposition": 'inline; filename="letters.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(paper, content_type="application/pdf", headers=headers)


@needs(Right.PERSON_REQUESTS_KEEP)
@require_POST
def marked(request: SiteRequest, incident: UUID) -> HttpResponse:
    """How and when those who were ticked were told."""
    form = MarkForm(request.POST)
    if not form.is_valid():
        return _persons_page(request, incident, NumbersForm(), mark_form=form, status=422)
    try:
        number = mark_letters(
            signer=signer_of(request),
            incident=incident,
            registrants=_ticked(request),
            how=Sending(form.cleaned_data["how"]),
            on=form.cleaned_data["on"],
        )
    except DomainError as error:
        return _persons_page(request, incident, NumbersForm(), mark_form=form, status=tell(form, error))
    messages.success(request, _("{number}人への通知を記録しました。").format(number=number))
    return redirect("office:incident_persons", incident=incident)


@needs(Right.PERSON_REQUESTS_KEEP)
@require_POST
def excluded(request: SiteRequest, incident: UUID) -> HttpResponse:
    """Takes those out who were ticked and are not concerned."""
    try:
        number = exclude(signer=signer_of(request), incident=incident, registrants=_ticked(request))
    except DomainError as error:
        return _refused(request, incident, error)
    messages.success(request, _("{number}人を対象者から外しました。").format(number=number))
    return redirect("office:incident_persons", incident=incident)


def _ticked(request: SiteRequest) -> list[UUID]:
    """What makes no sense among the ticked is left out: it stands for nobody here."""
    found = []
    for text in request.POST.getlist("person"):
        with suppress(ValueError):
            found.append(UUID(text))
    return found


def _refused(request: SiteRequest, incident: UUID, error: DomainError) -> HttpResponse:
    form = NumbersForm({})
    form.errors.clear()
    problem = problem_of(error)
    form.add_error(None, problem.text)
    return _persons_page(request, incident, form, status=problem.status)


def _persons_page(
    request: SiteRequest,
    incident: UUID,
    form: NumbersForm,
    *,
    mark_form: MarkForm | None = None,
    status: int = 200,
) -> HttpResponse:
    seen = incident_of(incident)
    people = addressees(seen.incident)
    shown = [one.registrant.pk for one in people]
    record(
        actor_of(request), Action.VIEW, object_type="incident_persons", object_id=incident, persons=shown,
        found=len(shown),
    )  # fmt: skip
    return page_of(
        request,
        "persons.html",
        status=status,
        trail=trail_of(_("対象者と本人通知")),
        one=seen,
        people=people,
        form=form,
        mark_form=mark_form or MarkForm(initial={"on": clock.today()}),
    )
