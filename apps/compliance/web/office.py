"""「管理」 of a desk and of the city: the ways to everything that oversees the use of personal data."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.compliance.web.sections import CITY_SECTIONS, DESK_SECTIONS
from shared.requests import SiteRequest, staff_of
from shared.staff.rights import CITY_ROLES, DESK_ROLES, RIGHTS, Right
from shared.web.guard import may, needs

HOME: Final = {"desk": "office:index", "city": "city:office"}
NOBODYS: Final = frozenset({Right.OPEN, Right.CITIZEN})
"""Rights that do not rest on a role."""


@needs(Right.OWN_ACCOUNT)
@require_safe
def index(request: SiteRequest) -> HttpResponse:
    """The sections that whoever is signed in may open."""
    sections = CITY_SECTIONS if request.place.kind == "city" else DESK_SECTIONS
    shown = [one for one in sections if may(request, one.right)]
    context = {"sections": shown, "frame": _frame(request)}
    return render(request, "compliance/office.html", context)


@needs(Right.OWN_ACCOUNT)
@require_safe
def rights(request: SiteRequest) -> HttpResponse:
    """The table of roles and rights (権限表), as the code has it; the own roles are marked."""
    account = staff_of(request)
    own = set(account.roles) if account else set()
    tables = [_table(roles, own) for roles in (DESK_ROLES, CITY_ROLES)]
    trail = [(_("管理"), reverse(HOME[request.place.kind])), (_("権限の一覧"), "")]
    context = {"tables": tables, "trail": trail, "frame": _frame(request)}
    return render(request, "compliance/rights.html", context)


def _table(roles: tuple[str, ...], own: set[str]) -> dict[str, object]:
    columns = [(role, role in own) for role in RIGHTS if role in roles]
    rows = [
        (right.label, [(role.label, right in RIGHTS[role]) for role, _own in columns])
        for right in Right
        if right not in NOBODYS and any(right in RIGHTS[role] for role, _own in columns)
    ]
    return {"columns": columns, "rows": rows, "is_city": CITY_ROLES[0] in roles}


def _frame(request: SiteRequest) -> str:
    return f"frame/{request.place.kind}.html"
