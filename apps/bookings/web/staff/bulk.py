"""What is done with several bookings at once: chosen in a list by their boxes, posted as ``booking``."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from apps.bookings.queries.desk_booking import bookings_by_id
from apps.bookings.services.permit_many import MOST, Permitted, permit_many
from shared.audit.models import Action
from shared.audit.record import record
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.forms import seen_version
from shared.web.guard import needs


@needs(Right.BOOKINGS_DECIDE)
@require_POST
def permit_chosen(request: SiteRequest) -> HttpResponse:
    """一括許可: permit what was chosen, and tell of each what became of it."""
    chosen = chosen_in(request.POST)
    done = permit_many(actor=actor_of(request), chosen=chosen[:MOST])
    shown = bookings_by_id([one.id for one in done])
    lines = [(shown[one.id], _why(one)) for one in done if one.id in shown]
    record(
        actor_of(request),
        Action.VIEW,
        object_type="permitted",
        persons=[booking.registrant_id for booking, _ in lines],
        found=len(lines),
    )
    context = {
        "permitted": [booking for booking, why in lines if not why],
        "others": [(booking, why) for booking, why in lines if why],
        "left": max(len(chosen) - MOST, 0),
    }
    return render(request, "bookings/staff/permitted.html", context, status=200 if chosen else 422)


def chosen_in(data: Any) -> list[tuple[UUID, int]]:
    """The ids whose boxes were checked, each with the version of it that the list showed."""
    found: dict[UUID, int] = {}
    for text in data.getlist("booking"):
        try:
            booking = UUID(text)
        except ValueError:
            continue
        found[booking] = seen_version({"version": data.get(f"version-{booking}", "")})
    return list(found.items())


def _why(one: Permitted) -> str:
    return problem_of(one.problem).text if one.problem else ""
