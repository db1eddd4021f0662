"""The duplicate check of a 登録証 at the desk: state why, see what fits, verify an old number, send a 照会票."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.registrants.models import Card
from apps.registrants.queries.holders import last_identity_check, senior_card
from apps.registrants.queries.inquiries import letters_about
from apps.registrants.rules.old_number import senior_number
from apps.registrants.services.checking import answer_of, ask_index, number_fits
from apps.registrants.services.inquiring import open_inquiry
from apps.registrants.web.staff.duplicate_forms import CheckForm, OldNumberForm
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of
from shared.seniorcards.models import CallPurpose
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import needs


@needs(Right.SENIOR_CARDS)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: SiteRequest, card: UUID) -> HttpResponse:
    """State the purpose and that the person showed who they are; then the index is asked."""
    found = senior_card(card)
    if request.method != "POST":
        first = CallPurpose.NEW if found.state == "applied" else CallPurpose.REISSUE
        return _form_page(request, found, CheckForm(initial={"purpose": first}))
    form = CheckForm(request.POST)
    if not form.is_valid():
        _refused(request, found, sorted(form.errors))
        return _form_page(request, found, form, status=422)
    try:
        ticket = ask_index(actor=actor_of(request), card=card, **form.cleaned_data)
    except DomainError as error:
        return _form_page(request, found, form, status=tell(form, error))
    return redirect("desk:duplicates_found", card=card, ticket=ticket)


@needs(Right.SENIOR_CARDS)
@require_http_methods(["GET", "HEAD", "POST"])
def found(request: SiteRequest, card: UUID, ticket: UUID) -> HttpResponse:
    """What fits, as far as it may be told; below it, an old card's number is verified (POST)."""
    form = OldNumberForm(request.POST if request.method == "POST" else None)
    shown: dict[str, Any] = {"found": answer_of(card=card, ticket=ticket)}
    if request.method == "POST" and form.is_valid():
        try:
            shown["fits"] = number_fits(
                actor=actor_of(request),
                card=card,
                purpose=CallPurpose.INQUIRY,
                identity_checked=True,  # stated for the question whose answer this page shows
                number=senior_number(form.cleaned_data["number"]),
            )
        except DomainError as error:
            return _found_page(request, card, ticket, form, **shown, status=tell(form, error))
    return _found_page(request, card, ticket, form, **shown, status=422 if form.errors else 200)


@needs(Right.SENIOR_CARDS)
@require_POST
def inquire(request: SiteRequest, card: UUID, hit: UUID) -> HttpResponse:
    """Send a 照会票 to the facility that issued the card that was found."""
    inquiry = open_inquiry(actor=actor_of(request), hit=hit)
    messages.success(request, _("照会票を送りました。回答があるまで、交付はできません。"))
    return redirect("desk:inquiry", inquiry=inquiry)


def _form_page(request: SiteRequest, card: Card, form: CheckForm, *, status: int = 200) -> HttpResponse:
    _told(request, card, "check")
    context = {
        "card": card,
        "registrant": card.registrant,
        "form": form,
        "identity": last_identity_check(card),
        "letters": letters_about(card.pk),
    }
    return render(request, "registrants/staff/senior/check.html", context, status=status)


def _found_page(
    request: SiteRequest, card: UUID, ticket: UUID, form: OldNumberForm, *, status: int, **shown: Any
) -> HttpResponse:
    of_card = senior_card(card)
    _told(request, of_card, "found")
    hits = shown["found"]
    context = {
        "card": of_card,
        "registrant": of_card.registrant,
        "ticket": ticket,
        "form": form,
        "letters": letters_about(card),
        "hinders": any(hit.status != "lapsed" for hit in hits),
        "may_verify": any(hit.grade > 1 for hit in hits),
        **shown,
    }
    return render(request, "registrants/staff/senior/found.html", context, status=status)


def _refused(request: SiteRequest, card: Card, lacking: list[str]) -> None:
    """A question without its purpose, or without an identity check, leaves its line too."""
    about = [card.registrant_id]
    record(
        actor_of(request), Action.DENIED, object_type="senior_index", object_id=card.pk, persons=about, lacking=lacking
    )


def _told(request: SiteRequest, card: Card, page: str) -> None:
    shown = [card.registrant_id]
    record(actor_of(request), Action.VIEW, object_type="card", object_id=card.pk, persons=shown, page=page)
