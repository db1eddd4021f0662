"""Cards at the desk: one card's page, applying and issuing, printing, and the register of issues (交付台帳)."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.registrants.card_errors import NotResidentError
from apps.registrants.models import Card, CardIssue, CardKind
from apps.registrants.queries.card_prints import card_jobs_of, kinds_among, prints_to_choose
from apps.registrants.queries.cards import acts_of, card_of, city_of_tenant, register_of
from apps.registrants.queries.policy import policy_on
from apps.registrants.queries.registrants import registrant_of
from apps.registrants.rules.card_face import from_kept, outdated
from apps.registrants.rules.cards import review_due_on, state_on
from apps.registrants.rules.eligibility import check_residence
from apps.registrants.services.cards import printing
from apps.registrants.services.cards.application_form import print_blank_senior_form, print_senior_form
from apps.registrants.services.cards.apply import apply_for_senior_card, person_of
from apps.registrants.services.cards.faces import face_now
from apps.registrants.services.cards.issue import issue_group_card
from apps.registrants.services.cards.print_jobs import MOST_CARDS, order_sheets
from apps.registrants.web.staff.card_acts import offered
from apps.registrants.web.staff.card_forms import FaceForm, PaperForm, RegisterForm, SeniorForm, SheetForm
from apps.registrants.web.staff.card_roles import check_role, kinds_for, may_handle
from kernel import clock
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.documents.renderer import unprintable
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of, staff_of
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import needs

PAGE_SIZE: Final = 50
FACE_ITEMS: Final = {
    "name": _lazy("氏名・団体名"),
    "representative": _lazy("代表者"),
    "town": _lazy("住所"),
    "until": _lazy("有効期限"),
}


@needs(Right.CARDS_KEEP)
@require_safe
def cards(request: SiteRequest) -> HttpResponse:
    """The cards not handed over yet (未交付), of the kinds that one handles, to be printed on sheets."""
    return _waiting_page(request, SheetForm(initial={"start": 1}))


@needs(Right.CARDS_KEEP)
@require_POST
def sheet(request: SiteRequest) -> HttpResponse:
    """Print the chosen cards on A4: what fits on a sheet at once, more as a file that a worker makes."""
    form = SheetForm(request.POST)
    if not form.is_valid():
        return _waiting_page(request, form, status=422)
    for kind in kinds_among(form.cleaned_data["cards"]):
        check_role(request, kind)
    try:
        if len(form.cleaned_data["cards"]) > printing.MOST_AT_ONCE:
            return redirect("desk:card_print_job", job=order_sheets(actor=actor_of(request), **form.cleaned_data).pk)
        pdf = printing.print_sheet(actor=actor_of(request), **form.cleaned_data)
    except DomainError as error:
        return _waiting_page(request, form, status=tell(form, error))
    return pdf_answer(pdf, "cards")


def _waiting_page(request: SiteRequest, form: SheetForm, *, status: int = 200) -> HttpResponse:
    found = list(prints_to_choose(kinds_for(staff_of(request)))[: MOST_CARDS + 1])
    waiting = found[:MOST_CARDS]
    shown = [made.card.registrant_id for made in waiting]
    actor = actor_of(request)
    record(actor, Action.VIEW, object_type="card_prints", persons=shown, shown=len(waiting))
    free = {str(made.card_id) for made in waiting if not vars(made)["is_ordered"]}
    chosen = set(form.data.getlist("cards")) if form.is_bound else free  # type: ignore[attr-defined]
    context = {
        "form": form,
        "waiting": [(made, str(made.card_id) in chosen) for made in waiting],
        "most": MOST_CARDS,
        "at_once": printing.MOST_AT_ONCE,
        "is_cut": len(found) > MOST_CARDS,
        "jobs": card_jobs_of(actor.id) if actor.id else [],
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
        "offered": offered(account, found, today),
        "acts": acts_of(found.pk),
        "outdated": _outdated(found, prints[0]) if prints else [],
        "missing": unprintable(found.registrant.display_name) if found.state != "lapsed" else "",
        "may_keep": may_handle(account, found.kind),
        "elsewhere": _city_left(found),
        "review_due": _review_due(found),
        "problem": problem,
        "today": today,
    }
    return render(request, "registrants/staff/cards/card.html", context, status=status)


def _outdated(found: Card, last: CardIssue) -> list[str]:
    if found.state == "lapsed" or last.face is None:
        return []
    return [str(FACE_ITEMS[name]) for name in outdated(from_kept(last.face), face_now(found))]


def _city_left(found: Card) -> str:
    """The city in which the holder should live and does not any more, by the registration; else empty."""
    if found.kind != CardKind.SENIOR or found.state == "lapsed":
        return ""
    city = city_of_tenant()
    try:
        check_residence(person_of(found.registrant), found.qualification, city)
    except NotResidentError:
        return city
    return ""


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
@require_safe
def blank_form(_request: SiteRequest) -> HttpResponse:
    """様式第５号 for a pen: nobody stands on it."""
    return pdf_answer(print_blank_senior_form(), "application")


@needs(Right.SENIOR_CARDS)
@require_POST
def senior_form(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """様式第５号 filled from the registration, contacts included: hence a POST, and audited."""
    form = PaperForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["act"])))
        return redirect("desk:registrant", registrant=registrant)
    try:
        pdf = print_senior_form(actor=actor_of(request), registrant=registrant, **form.cleaned_data)
    except DomainError as error:
        messages.error(request, problem_of(error).text)
        return redirect("desk:registrant", registrant=registrant)
    return pdf_answer(pdf, "application")


@needs(Right.CARDS_KEEP)
@require_POST
def group_card(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """Issue a group's 利用者カード. A group that has one, or may have none, is told on its own page."""
    check_role(request, CardKind.GROUP)
    form = FaceForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["substitute"])))
        return redirect("desk:registrant", registrant=registrant)
    try:
        made = issue_group_card(actor=actor_of(request), registrant=registrant, **form.cleaned_data)
    except DomainError as error:
        messages.error(request, problem_of(error).text)
        return redirect("desk:registrant", registrant=registrant)
    messages.success(request, _("利用者カードを作成しました。印刷して、本人に渡してください。"))
    return redirect("desk:card", card=made.pk)


@needs(Right.CARDS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: SiteRequest) -> HttpResponse:
    """交付台帳: a fiscal year of one kind of card; by POST as PDF. Its names are shown, hence each view is audited.

    Whoever handles a kind of card sees its register.
    """
    kinds = kinds_for(staff_of(request))
    form = RegisterForm(request.GET if request.method != "POST" else request.POST, kinds=kinds)
    if not form.is_valid():
        return render(request, "registrants/staff/cards/register.html", {"form": form}, status=422)
    kind, year = form.chosen()
    check_role(request, kind)
    if request.method == "POST":
        return pdf_answer(printing.print_register(actor=actor_of(request), kind=kind, year=year), "register")
    page = Paginator(register_of(kind, year), PAGE_SIZE).get_page(request.GET.get("page"))
    lines = [(made, printing.register_name(made), printing.acts_beside(made)) for made in page]
    record(
        actor_of(request),
        Action.VIEW,
        object_type="card_register",
        object_id=kind,
        persons=[one.card.registrant_id for one in page],
        year=year,
        shown=len(page),
    )
    shown = RegisterForm(initial={"kind": kind, "year": year}, kinds=kinds)
    context = {"form": shown, "page_obj": page, "lines": lines, "kind": kind, "year": year}
    return render(request, "registrants/staff/cards/register.html", context)


def pdf_answer(pdf: bytes, name: str) -> HttpResponse:
    """A PDF to be shown by the browser and stored by nobody."""
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"},
    )
