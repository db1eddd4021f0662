"""The city looks at registrants of its facilities: never without a purpose, never without a trace.

The trace lies in the city's own audit and names the tenant; the city cannot write into a tenant's schema.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils.translation import override

from apps.compliance.rules.purpose import Purpose
from apps.compliance.texts import LookupPurpose
from apps.registrants.errors import UnknownRegistrantError
from apps.registrants.queries.city import CityRegistrant, FoundRegistrant, found_registrants, registrant_at
from apps.registrants.rules.search_terms import Term
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record

PER_PAGE: Final = 20


def search_registrants(*, actor: Actor, term: Term, purpose: Purpose, page: str = "") -> Page[FoundRegistrant]:
    """A page of whoever fits, masked; a page number that makes no sense is the first or last one.

    The audit keeps how many were found and by what, never the term.
    """
    found = Paginator(found_registrants(term), PER_PAGE).get_page(page)
    record(
        actor,
        Action.SEARCH,
        object_type="registrant",
        purpose=_told(purpose),
        persons=[one.id for one in found],
        by=term.by.value,
        found=found.paginator.count,
        page=found.number,
    )
    return found


def open_registrant(*, actor: Actor, tenant: str, registrant: UUID, purpose: Purpose) -> CityRegistrant:
    """One registrant in full, but for what no role of the city may read. Raises ``UnknownRegistrantError``."""
    found = registrant_at(tenant, registrant)
    if found is None:
        raise UnknownRegistrantError
    record(
        actor, Action.VIEW, object_type="registrant", object_id=registrant, purpose=_told(purpose), tenant=found.tenant
    )
    return found


def _told(purpose: Purpose) -> str:
    with override("ja"):
        return f"{LookupPurpose(purpose.code).label}：{purpose.note}"
