"""How a view of the city finds the facilities that it writes about, for ``needs(…, about=…)``.

所管課 writes only about the facilities in its care (実際の操作は、所管する施設のみ行う). What holds for all, such
as a text of law or an item of the checklist, is for those whom no care limits.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Model, Q

from kernel import clock
from shared.requests import SiteRequest
from shared.seniorcards.models import Inquiry
from shared.web.guard import About
from tenants.models import OperatorAssignment


def every_facility(_request: SiteRequest, _parameters: Mapping[str, Any]) -> None:
    """What is written holds for every facility."""
    return


def named_by(parameter: str) -> About:
    """The address names the facility's schema."""

    def find(_request: SiteRequest, parameters: Mapping[str, Any]) -> Collection[str]:
        return [parameters[parameter]]

    return find


def row_of(model: type[Model], parameter: str, *fields: str) -> About:
    """The address names a row by its key, and the row its facility, or facilities."""

    def find(_request: SiteRequest, parameters: Mapping[str, Any]) -> Collection[str]:
        rows = model._default_manager.filter(pk=parameters[parameter]).values_list(*fields or ("tenant",))
        return {schema for row in rows for schema in row}

    return find


def designation_of(parameter: str) -> About:
    """The address names a designation."""
    return row_of(OperatorAssignment, parameter, "tenant__schema_name")


def inquiry_of(parameter: str) -> About:
    """The address names a 照会票: both facilities must be in the care of who decides it."""
    return row_of(Inquiry, parameter, "asking_tenant", "answering_tenant")


def run_by(parameter: str) -> About:
    """The address names an operator, or none yet: all that it runs, or will run."""

    def find(_request: SiteRequest, parameters: Mapping[str, Any]) -> Collection[str]:
        lasting = Q(during__endswith__gt=clock.today()) | Q(during__upper_inf=True)
        runs = OperatorAssignment.objects.filter(lasting, operator=parameters.get(parameter))
        return set(runs.values_list("tenant__schema_name", flat=True))

    return find


def chosen_in(field: str) -> About:
    """The form names the facility's schema."""

    def find(request: SiteRequest, _parameters: Mapping[str, Any]) -> Collection[str]:
        return [request.POST[field]] if request.POST.get(field) else []

    return find


def term_chosen_in(field: str) -> About:
    """The form names a designation."""

    def find(request: SiteRequest, _parameters: Mapping[str, Any]) -> Collection[str]:
        wanted = request.POST.get(field, "")
        if not (wanted.isascii() and wanted.isdecimal() and len(wanted) < 10):
            return []
        return designation_of(field)(request, {field: int(wanted)}) or []

    return find
