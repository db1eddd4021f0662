"""What lists hide (伏せ字), shown one at a time on a click that is audited. It works without scripts, as a page."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from apps.registrants.queries.group_page import member_phone
from apps.registrants.queries.registrants import registrant_of
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.guard import needs

FIELDS: Final = {"phone": _("電話番号"), "address": _("住所")}


@needs(Right.REGISTRANTS_SEE)
@require_POST
def reveal(request: SiteRequest, registrant: UUID, field: str) -> HttpResponse:
    """The telephone or address of a registrant: a fragment for htmx, else a page of its own."""
    if field not in FIELDS:
        raise Http404
    found = registrant_of(registrant)
    record(actor_of(request), Action.VIEW, object_type="registrant", object_id=registrant, part=field)
    return _shown(request, registrant, found.number, getattr(found, field), FIELDS[field])


@needs(Right.REGISTRANTS_SEE)
@require_POST
def reveal_member(request: SiteRequest, registrant: UUID, position: int) -> HttpResponse:
    """The telephone of a member of a group, likewise."""
    found = registrant_of(registrant)
    phone = member_phone(registrant, position)
    record(
        actor_of(request), Action.VIEW, object_type="registrant", object_id=registrant, part="member", position=position
    )
    return _shown(request, registrant, found.number, phone, FIELDS["phone"])


def _shown(request: SiteRequest, registrant: UUID, number: str, value: str, label: object) -> HttpResponse:
    template = "registrants/staff/_revealed.html" if request.htmx else "registrants/staff/revealed.html"
    return render(request, template, {"registrant": registrant, "number": number, "value": value, "label": label})
