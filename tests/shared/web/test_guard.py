"""A view names its right: who lacks it is refused and recorded, and a view that names none is closed to everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from shared.audit.models import Action, AuditEntry
from shared.requests import Account, SiteRequest
from shared.staff.models import Role
from shared.staff.rights import Right
from shared.web.guard import Named, RightsMiddleware, named_of, needs
from tenants.site import Site
from tests import factories
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO


@needs(Right.SENIOR_CARDS)
def guarded(_request: SiteRequest) -> HttpResponse:
    return HttpResponse("inside")


def nameless(_request: SiteRequest) -> HttpResponse:
    return HttpResponse("inside")


def asked_by(account: Account | None, view: Callable[..., HttpResponse] = guarded) -> HttpResponse | None:
    request = RequestFactory().get("/")
    values = {"find_account": lambda: account, "place": Site("desk", CHUO), "address": None, "number": "1"}
    vars(request).update(values, htmx=False)
    with as_tenant(CHUO):
        return RightsMiddleware(view).process_view(request, view, (), {})  # type: ignore[arg-type]


def views(within: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in within.url_patterns:
        if isinstance(one, URLResolver):
            yield from views(one, before + str(one.pattern))
        else:
            yield before + str(one.pattern), one


@pytest.mark.parametrize("site", ["portal", "desk", "city"])
def test_every_view_of_every_site_names_its_right(site: str) -> None:
    found = list(views(get_resolver(f"config.urls.{site}")))
    assert len(found) > 10
    assert [path for path, one in found if named_of(one.callback) is None] == []


@pytest.mark.usefixtures("database")
def test_one_role_with_the_right_is_enough() -> None:
    assert asked_by(factories.clerk(roles=[Role.RECEPTION, Role.CARD_OFFICER])) is None


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("roles", [[Role.RECEPTION], [], ["no role"]])
def test_who_lacks_the_right_is_refused_and_recorded(roles: list[str]) -> None:
    with pytest.raises(PermissionDenied):
        asked_by(factories.clerk(roles=roles))
    with as_tenant(CHUO):
        entry = AuditEntry.objects.get()
    assert (entry.action, entry.object_id, entry.detail) == (Action.DENIED, "guarded", {"why": "senior_cards"})


@pytest.mark.usefixtures("database")
def test_a_view_that_names_no_right_is_closed_to_everybody() -> None:
    with pytest.raises(PermissionDenied):
        asked_by(factories.clerk(roles=list(Role)), nameless)


@pytest.mark.usefixtures("database")
def test_who_is_not_signed_in_is_led_to_the_sign_in_page() -> None:
    answer = asked_by(None)
    assert answer is not None
    assert (answer.status_code, answer.headers["Location"]) == (302, "/login/")


def test_to_look_and_to_change_may_need_two_rights() -> None:
    named = Named(Right.BOOKINGS_SEE, Right.BOOKINGS_KEEP)
    assert [named.asked(method) for method in ("GET", "HEAD", "POST", "DELETE", None)] == [
        Right.BOOKINGS_SEE,
        Right.BOOKINGS_SEE,
        Right.BOOKINGS_KEEP,
        Right.BOOKINGS_KEEP,
        Right.BOOKINGS_KEEP,
    ]
