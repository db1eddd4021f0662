"""A registrant's emergency contacts: third persons' data, each shown on a click that is audited."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from apps.registrants.queries.registrants import emergency_contact_of, registrant_of
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.guard import needs


@needs(Right.REGISTRANTS_SEE)
@require_POST
def contact(request: SiteRequest, registrant: UUID, position: int) -> HttpResponse:
    """One contact: a fragment for htmx, else a page of its own."""
    found = registrant_of(registrant)
    person = emergency_contact_of(registrant, position)
    record(actor_of(request), Action.VIEW, object_type="emergency_contact", object_id=registrant, position=position)
    template = "registrants/staff/_contact.html" if request.htmx else "registrants/staff/contacts.html"
    return render(request, template, {"registrant": found, "contact": person, "shown": True})
