"""The page of a print job of cards: how far it is, its file once, and calling it off."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from apps.registrants.queries.card_prints import card_progress_of, kinds_in
from apps.registrants.services.cards.print_jobs import CARD_SHEETS
from apps.registrants.web.staff.card_roles import check_role
from shared.requests import SiteRequest, staff_of
from shared.staff.rights import Right
from shared.web import print_jobs
from shared.web.guard import needs

PAGES: Final = print_jobs.JobPages(
    kind=CARD_SHEETS,
    progress=card_progress_of,
    template="registrants/staff/cards/print_job.html",
    listed="desk:cards",
    job="desk:card_print_job",
    file="desk:card_print_file",
    off="desk:card_print_call_off",
)


@needs(Right.CARDS_KEEP)
@require_safe
def job(request: SiteRequest, job: UUID) -> HttpResponse:
    """How far the job is; htmx asks for that alone."""
    return print_jobs.show(PAGES, request, job)


@needs(Right.CARDS_KEEP)
@require_POST
def fetch(request: SiteRequest, job: UUID) -> HttpResponse:
    """The file itself, once, in the browser, for whoever handles now all the kinds of card that are in it."""
    for kind in kinds_in(job, staff_of(request)):
        check_role(request, kind)
    return print_jobs.fetched(PAGES, request, job)


@needs(Right.CARDS_KEEP)
@require_POST
def call_off(request: SiteRequest, job: UUID) -> HttpResponse:
    """Give the job up."""
    return print_jobs.called_off(PAGES, request, job)
