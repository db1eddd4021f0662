"""Cards at the desk: one card's page, applying and issuing, printing, and the register of issues (交付台帳)."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.registrants.models import Card, CardKind
from apps.registrants.queries.cards import acts_of, card_of, register_of, waiting_prints
from apps.registrants.queries.policy import policy_on
from apps.registrants.queries.registrants import registrant_of
from apps.registrants.rules.cards import review_due_on, state_on
from apps.registrants.services.cards import printing
from apps.registrants.services.cards.apply import apply_for_senior_card
from apps.registrants.services.cards.issue import issue_group_card
from apps.registrants.web.staff.card_acts import offered
from apps.registrants.web.staff.card_forms import RegisterForm, SeniorForm, SheetForm
from apps.registrants.web.staff.card_roles import check_role, may_handle
from kernel import clock
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.documents.fonts import installed
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of, staff_of
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import needs

PAGE_SIZE: Final = 50


@needs(Right.CARDS_KEEP)
@require_safe
def cards(request: SiteRequest) -> HttpResponse:
    """The cards that are made and not handed over yet (未交付), to be printed ten on a sheet."""
    return _waiting_page(request, SheetForm(initial={"start": 1}))


@needs(Right.CARDS_KEEP)
@require_POST
def sheet(request: SiteRequest) -> HttpResponse:
    """Print the chosen cards on A4."""
    form = SheetForm(request.POST)
    if not form.is_valid():
        return _waiting_page(request, form, status=422)
    try:
        pdf = printing.print_sheet(actor=actor_of(request), **form.cleaned_data)
    except DomainError as error:
        return _waiting_page(request, form, status=tell(form, error))
    return pdf_answer(pdf, "cards")


def _waiting_page(request: SiteRequest, form: SheetForm, *, status: int = 200) -> HttpResponse:
    waiting = list(waiting_prints()[: printing.MOST_CARDS])
    shown = [made.card.registrant_id for made in waiting]
    record(actor_of(request), Action.VIEW, object_type="card_prints", persons=shown, shown=len(waiting))
    chosen = set(form.data.getlist("cards")) if form.is_bound else {str(made.card_id) for made in waiting}  # type: ignore[attr-defined]
    context = {
        "form": form,
        "waiting": [(made, str(made.card_id) in chosen) for made in waiting],
        "has_ud": installed().has_ud,
        "most": printing.MOST_CARDS,
    }
    return render(request, "registrants/staff/cards/waiting.html", context, status=status)


@needs(Right.REGISTRANTS_SEE)
@require_safe
def card(request: SiteRequest, card: UUID) -> HttpResponse:
    """One card: how it stands, its prints, what was done with it, and what may be done now."""
    return card_page(request, card_of(card))


def card_page(request: SiteRequest, found: Card, *, problem: str = "", status: int = 200) -> HttpResponse:
    """The page of ``found``, with what was refused."""
    record(actor_of(request), Action.VIEW, object_type="card", object_id=found.pk, persons=[found.registrant_id])
    today = clock.today()
    prints = list(found.issues.all())
    account = staff_of(request)
    is_printable = bool(prints) and prints[0].voided_on is None and prints[0].handed_over_on is None
    context: dict[str, Any] = {
        "card": found,
        "registrant": found.registrant,
        "state": state_on(found.state, found.valid_until, today),
        "prints": prints,
        "printable": is_printable and may_handle(account, found.kind) and found.state == "active",
        "has_ud": installed().has_ud,
        "offered": offered(account, found, today),
        "acts": acts_of(found.pk),
        "review_due": _review_due(found),
        "problem": problem,
        "today": today,
    }
    return render(request, "registrants/staff/cards/card.html", context, status=status)


def _review_due(found: Card) -> Any:
    if found.kind != CardKind.SENIOR or found.issued_on is None or found.state == "lapsed":
        return None
    return review_due_on(found.reviewed_on or found.issued_on, policy_on(clock.today()))


@needs(Right.CARDS_KEEP)
@require_POST
def print_card(request: SiteRequest, card: UUID) -> HttpResponse:
    """Print one card. A POST, since each print is counted."""
    found = card_of(card)
    check_role(request, found.kind)
    try:
        pdf = printing.print_card(actor=actor_of(request), card=card)
    except DomainError as error:
        problem = problem_of(error)
        return card_page(request, card_of(card), problem=problem.text, status=problem.status)
    return pdf_answer(pdf, "card")


@needs(Right.SENIOR_CARDS)
@require_http_methods(["GET", "HEAD", "POST"])
def senior_application(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """登録証の交付申請."""
    found = registrant_of(registrant)
    form = SeniorForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and not form.is_valid():
        status = 422
    elif form.is_bound:
        try:
            made = apply_for_senior_card(actor=actor_of(request), registrant=registrant, application=form.application())
        except DomainError as error:
            status = tell(form, error)
        else:
            messages.success(request, _("登録証の申請を受け付けました。重複確認をしてから交付してください。"))
            return redirect("desk:card", card=made.pk)
    context = {"form": form, "registrant": found, "policy": policy_on(clock.today())}
    return render(request, "registrants/staff/cards/apply.html", context, status=status)


@needs(Right.CARDS_KEEP)
@require_POST
def group_card(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """Issue a group's 利用者カード. A group that has one, or may have none, is told on its own page."""
    check_role(request, CardKind.GROUP)
    try:
        made = issue_group_card(actor=actor_of(request), registrant=registrant)
    except DomainError as error:
        messages.error(request, problem_of(error).text)
        return redirect("desk:registrant", registrant=registrant)
    messages.success(request, _("利用者カードを作成しました。印刷して、本人に渡してください。"))
    return redirect("desk:card", card=made.pk)


@needs(Right.CARDS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: SiteRequest) -> HttpResponse:
    """交付台帳: a fiscal year of one kind of card; by POST as PDF. Its names are shown, hence each view is audited."""
    form = RegisterForm(request.GET if request.method != "POST" else request.POST)
    if not form.is_valid():
        return render(request, "registrants/staff/cards/register.html", {"form": form}, status=422)
    kind, year = form.chosen()
    if request.method == "POST":
        return pdf_answer(printing.print_register(actor=actor_of(request), kind=kind, year=year), "register")
    page = Paginator(register_of(kind, year), PAGE_SIZE).get_page(request.GET.get("page"))
    record(
        actor_of(request),
        Action.VIEW,
        object_type="card_register",
        object_id=kind,
        persons=[one.card.registrant_id for one in page],
        year=year,
        shown=len(page),
    )
    context = {"form": RegisterForm(initial={"kind": kind, "year": year}), "page_obj": page, "kind": kind, "year": year}
    return render(request, "registrants/staff/cards/register.html", context)


def pdf_answer(pdf: bytes, name: str) -> HttpResponse:
    """A PDF to be shown by the browser and stored by nobody."""
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"},
    )
