"""照会票 at the desk: those received, those sent, and the answer to one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.registrants.models import Card
from apps.registrants.queries.holders import senior_card
from apps.registrants.queries.inquiries import letter_of, note_of, own_letters
from apps.registrants.services.inquiring import answer_inquiry
from apps.registrants.web.staff.duplicate_forms import AnswerForm
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import needs


@needs(Right.SENIOR_CARDS)
@require_safe
def inquiries(request: SiteRequest) -> HttpResponse:
    """All inquiries of this facility: first what waits for its answer."""
    letters = own_letters()
    record(
        actor_of(request),
        Action.VIEW,
        object_type="senior_inquiries",
        persons=[one.card.registrant_id for one in letters],
    )
    context = {
        "received": [one for one in letters if one.letter.is_received],
        "sent": [one for one in letters if not one.letter.is_received],
    }
    return render(request, "registrants/staff/senior/inquiries.html", context)


@needs(Right.SENIOR_CARDS)
@require_safe
def inquiry(request: SiteRequest, inquiry: UUID) -> HttpResponse:
    """An inquiry that this facility sent."""
    letter = letter_of(inquiry, is_received=False)
    card = senior_card(letter.card)
    _told(request, inquiry, card)
    context = {"letter": letter, "card": card, "registrant": card.registrant}
    return render(request, "registrants/staff/senior/inquiry.html", context)


@needs(Right.SENIOR_CARDS)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: SiteRequest, inquiry: UUID) -> HttpResponse:
    """An inquiry that this facility received, with the holder of its own card: answer it."""
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _answer_page(request, inquiry, form, status=422 if form.errors else 200)
    try:
        answer_inquiry(actor=actor_of(request), inquiry=inquiry, **form.cleaned_data)
    except DomainError as error:
        return _answer_page(request, inquiry, form, status=tell(form, error))
    messages.success(request, _("照会票に回答しました。"))
    return redirect("desk:inquiries")


def _answer_page(request: SiteRequest, inquiry: UUID, form: AnswerForm, *, status: int) -> HttpResponse:
    letter = letter_of(inquiry, is_received=True)
    card = senior_card(letter.card)
    _told(request, inquiry, card)
    context = {
        "letter": letter,
        "card": card,
        "registrant": card.registrant,
        "form": form,
        "note": note_of(inquiry) if letter.answer else None,
    }
    return render(request, "registrants/staff/senior/answer.html", context, status=status)


def _told(request: SiteRequest, inquiry: UUID, card: Card) -> None:
    shown = [card.registrant_id]
    record(actor_of(request), Action.VIEW, object_type="senior_inquiry", object_id=inquiry, persons=shown)
