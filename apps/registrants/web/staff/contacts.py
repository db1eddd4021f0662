"""A registrant's emergency contacts: third persons' data, shown on a click that is audited."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from apps.registrants.queries.registrants import emergency_contacts_of, registrant_of
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of


@require_POST
def contacts(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """The contacts: a fragment for htmx, else a page of their own."""
    found = registrant_of(registrant)
    people = emergency_contacts_of(registrant)
    record(actor_of(request), Action.VIEW, object_type="emergency_contact", object_id=registrant, found=len(people))
    template = "registrants/staff/_contacts.html" if request.htmx else "registrants/staff/contacts.html"
    return render(request, template, {"registrant": found, "contacts": people})
