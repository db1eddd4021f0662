"""The counter's scan: one field for a keyboard reader, a camera where the browser has one, a photograph else.

By POST only: no number stands in an address. A card that holds opens its holder's page or, in 来館 mode, records the
visit; whatever else it is, is told beside the field.
"""

from __future__ import annotations

import datetime as dt
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.registrants.models import CardKind, Visit
from apps.registrants.queries.cards import facilities_of_tenant, lies_in_office
from apps.registrants.queries.policy import policy_on
from apps.registrants.queries.scan import Scan, scanned
from apps.registrants.queries.visits import visits_on
from apps.registrants.rules.card_code import LIMIT
from apps.registrants.rules.cards import review_due_on
from apps.registrants.rules.scanning import Outcome
from apps.registrants.services.cards.visits import Visited, undo_visit, visit_by_scan, visit_without_card
from apps.registrants.web.staff.scan_forms import CountForm, ScanForm
from kernel import clock
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.documents.barcode import text_in
from shared.documents.photo import PhotoError
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.bodies import takes_a_file
from shared.web.forms import tell
from shared.web.guard import needs

MOST_FRAME: Final = 512 * 1024
"""Bytes of a frame: a picture of 640 pixels has a tenth of it."""
OPENS = frozenset({Outcome.VALID, Outcome.REGISTRATION})
"""What leads straight to the holder's page."""
FAULTS = frozenset({Outcome.UNREADABLE, Outcome.MISTYPED, Outcome.UNKNOWN})
"""What is wrong with the number itself."""


@takes_a_file
@needs(Right.CARDS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def scan(request: SiteRequest) -> HttpResponse:
    """The field, what the last scan was, and today's visits."""
    facilities = facilities_of_tenant()
    if request.method != "POST":
        return _page(request, ScanForm(initial=_begun(request), facilities=facilities))
    form = ScanForm(request.POST, request.FILES, facilities=facilities)
    if not form.is_valid():
        return _page(request, form, status=422)
    text, facility = form.cleaned_data["q"], form.cleaned_data["facility"]
    if form.cleaned_data["mode"] == ScanForm.VISIT:
        return _visit(request, form, text, facility)
    found = scanned(text, clock.today())
    _audit(request, found)
    if found.outcome in OPENS and found.registrant is not None:
        return redirect("desk:registrant", registrant=found.registrant.pk)
    return _page(request, form, told=Visited(found), status=_status(found))


@takes_a_file
@needs(Right.CARDS_KEEP)
@require_POST
def frame(request: SiteRequest) -> HttpResponse:
    """What the QR code in a frame of the camera says, for browsers that do not read codes; 204 where there is none.

    Nothing is looked up and nothing is kept: the scan itself comes with the form.
    """
    photo = request.FILES.get("photo")
    if photo is None or (photo.size or 0) > MOST_FRAME:
        return HttpResponse(status=422)
    try:
        text = text_in(photo.read())
    except PhotoError:
        return HttpResponse(status=422)
    return JsonResponse({"text": text[:LIMIT]}) if text else HttpResponse(status=204)


@needs(Right.CARDS_KEEP)
@require_POST
def count(request: SiteRequest) -> HttpResponse:
    """Count a visitor without a card, with one press."""
    facilities = facilities_of_tenant()
    form = CountForm(request.POST, facility=None, facilities=facilities)
    if not form.is_valid():
        shown = ScanForm(initial={"mode": ScanForm.VISIT}, facilities=facilities)
        return _page(request, shown, count_form=form, status=422)
    visit_without_card(actor=actor_of(request), **form.cleaned_data)
    messages.success(request, _("カードのない人を1人数えました。"))
    return redirect("desk:scan_visits")


@needs(Right.CARDS_KEEP)
@require_POST
def undo(request: SiteRequest, visit: int) -> HttpResponse:
    """Take back a visit of today."""
    undo_visit(actor=actor_of(request), visit=visit)
    messages.success(request, _("来館の記録を取り消しました。"))
    return redirect((request.POST.get("back") == "open" and "desk:scan") or "desk:scan_visits")


def _visit(request: SiteRequest, form: ScanForm, text: str, facility: UUID) -> HttpResponse:
    try:
        visited = visit_by_scan(actor=actor_of(request), text=text, facility=facility)
    except DomainError as error:
        return _page(request, form, status=tell(form, error))
    _audit(request, visited.scan)
    return _page(request, form, told=visited, status=200 if visited.visit else _status(visited.scan))


def _audit(request: SiteRequest, found: Scan) -> None:
    object_id = found.card.pk if found.card else ""
    record(
        actor_of(request),
        Action.SEARCH,
        object_type="card",
        object_id=object_id,
        persons=[found.registrant.pk if found.registrant else None],
        by="scan",
        outcome=found.outcome,
    )


def _status(found: Scan) -> int:
    return 422 if found.outcome in FAULTS else 409


def _begun(request: SiteRequest) -> dict[str, str]:
    is_visit = request.path.endswith("/visits/")
    return {"mode": ScanForm.VISIT if is_visit else ScanForm.OPEN}


def _page(
    request: SiteRequest,
    form: ScanForm,
    *,
    told: Visited | None = None,
    count_form: CountForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; after a scan the field is empty for the next, after a slip it keeps what was typed."""
    facility = form.place()
    if told is not None and told.scan.outcome in FAULTS:
        form.add_error("q", form.FAULTS[told.scan.outcome])
        told = None
    context = {
        "form": form.emptied() if told else form,
        "told": told,
        "review_due": _review_due(told),
        "is_not_handed_over": told is not None and told.visit is not None and _lies_in_office(told.scan),
        "place": facility,
        "count_form": count_form or CountForm(facility=facility, facilities=form.facilities),
        "visits": _visits_shown(request, facility),
        "today": clock.today(),
    }
    return render(request, "registrants/staff/cards/scan.html", context, status=status)


def _visits_shown(request: SiteRequest, facility: UUID | None) -> list[Visit]:
    """Today's visits at the facility; that their people were seen is recorded."""
    visits = list(visits_on(clock.today(), facility)) if facility else []
    if visits:
        seen = [visit.registrant_id for visit in visits]
        record(actor_of(request), Action.VIEW, object_type="visits", persons=seen, shown=len(visits))
    return visits


def _lies_in_office(found: Scan) -> bool:
    return found.card is not None and lies_in_office(found.card.pk)


def _review_due(told: Visited | None) -> dt.date | None:
    """The day by which the holder of the card that was scanned should have been asked, where that is over."""
    card = told.scan.card if told else None
    if card is None or card.kind != CardKind.SENIOR or card.issued_on is None:
        return None
    due = review_due_on(card.reviewed_on or card.issued_on, policy_on(clock.today()))
    return due if due and due <= clock.today() else None
