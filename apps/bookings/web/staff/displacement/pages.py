"""行政使用 at the desk: the list with the city's orders, a draft, the bookings hit, carrying out, the record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.bookings.displacement_errors import DisplacementStateError
from apps.bookings.models import Consent, Displacement, DisplacementState
from apps.bookings.queries.displacement import (
    all_offers,
    annexes_going,
    displacement_of,
    displacements,
    figures_of,
    hits_of,
    live_holds,
    parts_of,
    place_of,
    spans_of,
    waiting_orders,
)
from apps.bookings.queries.inbox import rooms_of_desk
from apps.bookings.rules.displacing import figures_from
from apps.bookings.services.displacement.carry_out import carry_out as carry_out_displacement
from apps.bookings.services.displacement.choosing import choose as keep_choices
from apps.bookings.services.displacement.choosing import choose_for_all
from apps.bookings.services.displacement.draft import draft, receive_order
from apps.bookings.services.displacement.ending import call_off_displacement, end_displacement
from apps.bookings.services.displacement.find import LOOKING, find_hits
from apps.bookings.services.displacement.notices import print_notice, print_notices
from apps.bookings.web.public_use_forms import EndForm, usual
from apps.bookings.web.staff.displacement.forms import DraftForm, ForAllForm, choices_of
from apps.bookings.web.staff.displacement.shown import hit_shown, occasion_text, periods_of
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record as audit
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.forms import seen_version, tell
from shared.web.guard import needs

PAGE_SIZE: Final = 20
HITS_A_PAGE: Final = 50
TONES: Final = {
    DisplacementState.DRAFTED: "warning",
    DisplacementState.FOUND: "warning",
    DisplacementState.DONE: "success",
    DisplacementState.ENDED: "quiet",
    DisplacementState.CALLED_OFF: "quiet",
}
OVER: Final = frozenset({DisplacementState.DONE, DisplacementState.ENDED})


@needs(Right.BOOKINGS_SEE)
@require_safe
def index(request: SiteRequest) -> HttpResponse:
    """The city's orders that wait, then all public uses, the newest first."""
    page = Paginator(displacements().prefetch_related("rooms"), PAGE_SIZE).get_page(request.GET.get("page"))
    taken = {one.place: one for one in displacements().filter(place__isnull=False, state__in=LOOKING)}
    orders = [(one, taken.get(one.pk), occasion_text(one.order), periods_of(one.order)) for one in waiting_orders()]
    rows = [(one, occasion_text(one), periods_of(one), TONES[DisplacementState(one.state)]) for one in page]
    context = {"orders": orders, "rows": rows, "page_obj": page}
    return render(request, "bookings/staff/displacement/index.html", context)


@needs(Right.BOOKINGS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SiteRequest) -> HttpResponse:
    """Say what is needed; the bookings hit are looked for at once."""
    rooms = rooms_of_desk()
    if request.method != "POST":
        return _form(request, DraftForm(rooms=rooms, initial=usual()))
    form = DraftForm(request.POST, rooms=rooms)
    if not form.is_valid():
        return _form(request, form, status=422)
    try:
        made = draft(actor=actor_of(request), wanted=form.wanted())
        find_hits(actor=actor_of(request), displacement=made.pk)
    except DomainError as error:
        if error.field == "spans":
            error.field = "last_1"
        return _form(request, form, status=tell(form, error))
    return redirect("desk:displacement", made.pk)


@needs(Right.BOOKINGS_KEEP)
@require_POST
def receive(request: SiteRequest, place: UUID) -> HttpResponse:
    """Take up an order of the city, and look for the bookings that it hits."""
    try:
        made = receive_order(actor=actor_of(request), place=place)
        find_hits(actor=actor_of(request), displacement=made.pk)
    except DisplacementStateError as error:
        messages.error(request, problem_of(error).text)
        return redirect("desk:displacements")
    messages.success(request, _("市の依頼を受け取りました。市に受領が表示されます。"))
    return redirect("desk:displacement", made.pk)


@needs(Right.BOOKINGS_SEE)
@require_safe
def detail(request: SiteRequest, displacement: UUID) -> HttpResponse:
    """What is needed, the bookings hit with their ways to go, and what was done."""
    return _page(request, displacement)


@needs(Right.BOOKINGS_KEEP)
@require_POST
def find(request: SiteRequest, displacement: UUID) -> HttpResponse:
    """Look for the bookings again."""
    return _at_once(request, displacement, find_hits, _("予約を探し直しました。"))


@needs(Right.BOOKINGS_KEEP)
@require_POST
def choose(request: SiteRequest, displacement: UUID) -> HttpResponse:
    """Keep what was chosen on the page; ``for_all`` chooses the same for all that are still open."""
    actor, seen = actor_of(request), seen_version(request.POST)
    hits = list(hits_of(displacement).values_list("pk", flat=True))
    for_all = ForAllForm(request.POST)
    fate = for_all.cleaned_data["for_all"] if for_all.is_valid() else ""
    try:
        kept = keep_choices(
            actor=actor, displacement=displacement, choices=choices_of(request.POST, hits), seen_version=seen
        )
        if fate:
            count = choose_for_all(actor=actor, displacement=displacement, fate=fate, seen_version=kept.version)
            told = ngettext("残りの%(count)d件を選択しました。", "残りの%(count)d件を選択しました。", count)
            messages.success(request, told % {"count": count})
        else:
            messages.success(request, _("選択を保存しました。"))
    except DomainError as error:
        return _refused(request, displacement, error)
    if request.POST.get("next") == "carry_out":
        return redirect("desk:displacement_carry_out", displacement)
    return redirect("desk:displacement", displacement)


@needs(Right.BOOKINGS_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def carry_out(request: SiteRequest, displacement: UUID) -> HttpResponse:
    """Show in numbers what will happen; then do it, whole or not at all."""
    if request.method != "POST":
        return _confirm(request, displacement)
    seen = seen_version(request.POST)
    try:
        done = carry_out_displacement(actor=actor_of(request), displacement=displacement, seen_version=seen)
    except DomainError as error:
        problem = problem_of(error)
        number = error.params.get("number")
        text = _("受付番号{number}：{text}").format(number=number, text=problem.text) if number else problem.text
        return _confirm(request, displacement, status=problem.status, problem=text)
    figures = figures_from(done.figures)
    told = _("実施しました。変更{moved}件、取消し{cancelled}件、そのまま{kept}件です。通知書を印刷してください。")
    messages.success(request, told.format(moved=figures.moved, cancelled=figures.cancelled, kept=figures.kept))
    return redirect("desk:displacement", displacement)


@needs(Right.BOOKINGS_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: SiteRequest, displacement: UUID) -> HttpResponse:
    """Call it off before it is carried out, or give the rooms back afterwards; both with a reason."""
    found = displacement_of(displacement)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _end_page(request, found, form)
    if not form.is_valid():
        return _end_page(request, found, form, status=422)
    service = end_displacement if found.state == DisplacementState.DONE else call_off_displacement
    try:
        service(
            actor=actor_of(request),
            displacement=displacement,
            reason=form.cleaned_data["reason"],
            seen_version=seen_version(request.POST),
        )
    except DomainError as error:
        return _end_page(request, displacement_of(displacement), form, status=tell(form, error))
    messages.success(request, _("行政使用を終了しました。空いた時間帯は、すぐに予約を受け付けます。"))
    return redirect("desk:displacement", displacement)


@needs(Right.BOOKINGS_KEEP)
@require_POST
def notices(request: SiteRequest, displacement: UUID) -> HttpResponse:
    """All notices as one file."""
    return _pdf(print_notices(actor=actor_of(request), displacement=displacement))


@needs(Right.BOOKINGS_KEEP)
@require_POST
def notice(request: SiteRequest, displacement: UUID, hit: UUID) -> HttpResponse:
    """One notice."""
    return _pdf(print_notice(actor=actor_of(request), displacement=displacement, hit=hit))


def _form(request: SiteRequest, form: DraftForm, *, status: int = 200) -> HttpResponse:
    return render(request, "bookings/staff/displacement/new.html", {"form": form}, status=status)


def _at_once(request: SiteRequest, displacement: UUID, act: Callable[..., Any], done: str) -> HttpResponse:
    try:
        act(actor=actor_of(request), displacement=displacement)
    except DomainError as error:
        return _refused(request, displacement, error)
    messages.success(request, done)
    return redirect("desk:displacement", displacement)


def _refused(request: SiteRequest, displacement: UUID, error: DomainError) -> HttpResponse:
    problem = problem_of(error)
    return _page(request, displacement, status=problem.status, problem=problem.text)


def _page(request: SiteRequest, pk: UUID, *, status: int = 200, problem: str = "") -> HttpResponse:
    found = displacement_of(pk)
    offers = {offer.room: offer for offer in all_offers()}
    page = Paginator(hits_of(pk), HITS_A_PAGE).get_page(request.GET.get("page"))
    is_looking = found.state in LOOKING
    audit(
        actor_of(request),
        Action.VIEW,
        object_type="displacement",
        object_id=pk,
        persons=[hit.booking.registrant_id for hit in page],
    )
    context = {
        **_facts(found),
        "hits": [hit_shown(hit, offers) for hit in page],
        "page_obj": page,
        "figures": figures_of(pk) if is_looking else figures_from(found.figures),
        "is_looking": is_looking,
        "is_over": found.state in OVER,
        "consents": Consent.choices,
        "problem": problem,
        "order_place": place_of(found),
    }
    return render(request, "bookings/staff/displacement/displacement.html", context, status=status)


def _confirm(request: SiteRequest, pk: UUID, *, status: int = 200, problem: str = "") -> HttpResponse:
    found = displacement_of(pk)
    figures = figures_of(pk)
    rooms = [room.pk for room in found.rooms.all()]
    holds = live_holds(parts_of(rooms, all_offers()), spans_of(found))
    context = {
        **_facts(found),
        "figures": figures,
        "open": figures.hits - figures.moved - figures.cancelled - figures.kept,
        "holds": holds,
        "annexes": annexes_going(pk),
        "problem": problem,
        "may": found.state == DisplacementState.FOUND,
    }
    return render(request, "bookings/staff/displacement/carry_out.html", context, status=status)


def _end_page(request: SiteRequest, found: Displacement, form: EndForm, *, status: int = 200) -> HttpResponse:
    context = {**_facts(found), "form": form, "may": not found.ended_at, "is_done": found.state == "done"}
    return render(request, "bookings/staff/displacement/end.html", context, status=status)


def _facts(found: Displacement) -> dict[str, Any]:
    return {
        "one": found,
        "occasion": occasion_text(found),
        "periods": periods_of(found),
        "rooms": list(found.rooms.all()),
        "tone": TONES[DisplacementState(found.state)],
    }


def _pdf(content: bytes) -> HttpResponse:
    headers = {"Content-Disposition": 'inline; filename="notices.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
