"""The record of a public use as a table to save: what became of the bookings that it hit, without a person."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from apps.bookings.queries.displacement import displacement_of, hits_of
from apps.bookings.web.staff.displacement.shown import record_rows
from shared.audit.models import Action
from shared.audit.record import record as audit
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.guard import needs
from shared.web.sheets import table_file


@needs(Right.BOOKINGS_SEE)
@require_safe
def record(request: SiteRequest, displacement: UUID) -> HttpResponse:
    """Days, rooms, what was proposed, chosen, agreed, told and paid back: no name, no receipt number."""
    found = displacement_of(displacement)
    rooms = "、".join(room.name for room in found.rooms.all())
    rows = record_rows(found, hits_of(displacement), rooms)
    audit(actor_of(request), Action.PRINT, object_type="displacement", object_id=displacement, form="record")
    return table_file(f"displacement-{found.drafted_at:%Y%m%d}", rows, form=request.GET.get("format", ""))
