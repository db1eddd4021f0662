"""Reading who issues a facility's documents on a day."""

from __future__ import annotations

import datetime as dt

from django.db.models import OuterRef, Subquery, Value

from apps.bookings.errors import NoOperatorError
from apps.bookings.models import Facility
from apps.bookings.rules.authority import FeeRegime
from apps.bookings.rules.issuer import Issuer
from shared.catalogue.models import CatalogueFacility
from tenants.models import OperatorAssignment, OperatorKind
from tenants.scope import scoped_connection


def issuer_on(day: dt.date, facility: Facility) -> Issuer:
    """The operator whose term includes ``day``; one statement. ``NoOperatorError`` if nobody's does."""
    entry = CatalogueFacility.objects.filter(pk=OuterRef("own_facility"))
    found = (
        OperatorAssignment.objects.filter(tenant__schema_name=scoped_connection().scope.schema, during__contains=day)
        .annotate(own_facility=Value(facility.pk), city=Subquery(entry.values("municipality")))
        .select_related("tenant", "operator")
        .first()
    )
    if found is None or found.city is None:
        raise NoOperatorError
    return Issuer(
        city=found.city,
        facility=facility.name,
        ordinance=found.tenant.ordinance_title,
        symbol=found.tenant.document_symbol,
        is_manager=found.operator.kind == OperatorKind.MANAGER,
        operator=found.operator.name,
        title=found.operator.representative_title,
        holder=found.operator.representative_name,
        regime=FeeRegime(found.fee_regime),
        tenant=found.tenant_id,
    )
