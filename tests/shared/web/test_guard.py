"""A view that names a role is closed to everybody else, and says so in the audit."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from shared.audit.models import Action, AuditEntry
from shared.requests import SiteRequest
from shared.staff.models import Role, StaffAccount
from shared.web.guard import role_required
from tenants.site import Site
from tests import factories
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO


@role_required(Role.CARD_OFFICER, Role.FACILITY_MANAGER)
def guarded(request: SiteRequest) -> HttpResponse:
    return HttpResponse("inside")


def asked_by(account: StaffAccount | None) -> HttpResponse:
    request = RequestFactory().get("/")
    vars(request).update(find_account=lambda: account, place=Site("desk", CHUO), address=None, number="1")
    with as_tenant(CHUO):
        return guarded(request)  # type: ignore[arg-type]  # what the middleware makes of it


@pytest.mark.usefixtures("database")
def test_one_of_the_roles_is_enough() -> None:
    assert asked_by(factories.clerk(roles=[Role.RECEPTION, Role.CARD_OFFICER])).content == b"inside"


@pytest.mark.usefixtures("database")
def test_none_of_the_roles_is_refused_and_recorded() -> None:
    with pytest.raises(PermissionDenied):
        asked_by(factories.clerk(roles=[Role.RECEPTION]))
    with as_tenant(CHUO):
        entry = AuditEntry.objects.get()
    assert (entry.action, entry.object_id, entry.detail) == (Action.DENIED, "guarded", {"why": "role"})
