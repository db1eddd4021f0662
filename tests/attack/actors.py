"""Who asks: a browser at a site, signed in or not, and the roles that its session is worth there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.test import Client

from kernel import clock
from shared.requests import Account
from shared.staff.care import is_limited
from shared.staff.models import Role, StaffAccount, StaffSession
from shared.staff.rights import CITY_ROLES, DESK_ROLES, Right, holds
from tenants.scope import OWNER
from tests import factories
from tests.support import entrance
from tests.support.clients import client_at, signed_in
from tests.support.scopes import as_owner, as_portal
from tests.support.tenants import CHUO, SPORTS

HOSTS: Final = {"portal": "yoyaku.localhost", "desk": f"{CHUO}.localhost", "city": "city.localhost"}
HOMES: Final = {"desk": CHUO, "city": "shared"}
PASSES, SIGNS_IN, DENIED, SHUT = "passes", "is sent to sign in", "is denied", "is shut out"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody at ``site``; ``roles`` is None for whoever is nobody there."""

    site: str
    name: str
    enter: Callable[[], Client]
    roles: tuple[str, ...] | None = None
    is_citizen: bool = False
    is_outside: bool = False

    def fate(self, right: Right, *, is_everywhere: bool = False) -> str:
        """What must become of a request for something that needs ``right``, or that holds for all facilities."""
        if self.is_outside:
            return SHUT
        if right == Right.OPEN:
            return PASSES
        if self.roles is None and not self.is_citizen:
            return SIGNS_IN
        may = right == Right.CITIZEN if self.is_citizen else holds(self.roles or (), right)
        if is_everywhere and is_limited(self.roles or (), right):
            return DENIED
        return PASSES if may else DENIED

    def __str__(self) -> str:
        return f"{self.site}: {self.name}"


def browser(site: str) -> Client:
    """A browser that gets a 500 where the product fails, as a person would."""
    client = client_at(HOSTS[site])
    client.raise_request_exception = False
    return client


def _staff(site: str, *roles: str) -> StaffAccount:
    if site == "city" and roles == (Role.DEPARTMENT,):
        return factories.department(CHUO)
    return factories.city_officer(roles=list(roles)) if site == "city" else factories.clerk(roles=list(roles))


def _in(site: str, account: Account) -> Client:
    return signed_in(browser(site), account)


def _clerk(site: str, *roles: str) -> Callable[[], Client]:
    return lambda: _in(site, _staff(site, *roles))


def _carried(site: str, home: str, account: Callable[[], Account]) -> Callable[[], Client]:
    """A session of ``home`` carried to ``site``, under every name that a session's cookie has."""

    def enter() -> Client:
        [cookie] = signed_in(client_at(home), account()).cookies.values()
        client = browser(site)
        for name in settings.SESSION_COOKIE_NAMES.values():
            client.cookies[name] = cookie.value
        return client

    return enter


def _changed(site: str, **values: object) -> Callable[[], Client]:
    """Somebody whose account is changed after signing in."""

    def enter() -> Client:
        account = _staff(site, *Role.values)
        _staff(site, *Role.values)  # the city's last officer of the systems division is never stopped
        client = _in(site, account)
        with as_owner(HOMES[site]):
            StaffAccount.objects.using(OWNER).filter(pk=account.pk).update(**values)
        return client

    return enter


def _over(site: str) -> Callable[[], Client]:
    def enter() -> Client:
        client = _in(site, _staff(site, *Role.values))
        with as_owner(HOMES[site]):
            StaffSession.objects.using(OWNER).update(expire_date=clock.now())
        return client

    return enter


def _outside_desk() -> Client:
    entrance.only_from(CHUO, entrance.LINE)
    return _in("desk", _staff("desk", *DESK_ROLES))


def _citizen() -> Client:
    return _in("portal", factories.citizen_with_registration().account)


def _stopped_citizen() -> Client:
    citizen = factories.citizen_with_registration()
    client = _in("portal", citizen.account)
    with as_portal(account=citizen.account.pk):
        type(citizen.account).objects.filter(pk=citizen.account.pk).update(is_active=False)
    return client


def _staff_actors(site: str, roles: tuple[Role, ...]) -> list[Actor]:
    return [
        Actor(site, "nobody", lambda: browser(site)),
        Actor(site, "without a role", _clerk(site), roles=()),
        Actor(site, "all roles", _clerk(site, *roles), roles=roles),
        *(Actor(site, role, _clerk(site, role), roles=(role,)) for role in roles),
        Actor(site, "stopped", _changed(site, is_active=False)),
        Actor(site, "password changed", _changed(site, password="another")),
        Actor(site, "session over", _over(site)),
        Actor(site, "a citizen's session", _carried(site, HOSTS["portal"], factories.portal_account)),
    ]


ACTORS: Final = (
    Actor("portal", "nobody", lambda: browser("portal")),
    Actor("portal", "citizen", _citizen, is_citizen=True),
    Actor("portal", "stopped", _stopped_citizen),
    Actor("portal", "a clerk's session", _carried("portal", HOSTS["desk"], factories.clerk)),
    *_staff_actors("desk", DESK_ROLES),
    Actor("desk", "another tenant's clerk", _carried("desk", f"{SPORTS}.localhost", lambda: factories.clerk(SPORTS))),
    Actor("desk", "an officer's session", _carried("desk", HOSTS["city"], factories.city_officer)),
    Actor("desk", "outside the network", _outside_desk, is_outside=True),
    *_staff_actors("city", CITY_ROLES),
    Actor("city", "a clerk's session", _carried("city", HOSTS["desk"], factories.clerk)),
    Actor("city", "outside the network", _clerk("city", *CITY_ROLES), is_outside=True),
)
