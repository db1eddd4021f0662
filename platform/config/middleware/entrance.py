"""From where a desk and the city's site are reached: outside that, a 403 that tells nothing, before anything else.

The portal is open to everybody.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden

from config.middleware.address import client_address, client_ip, is_trusted, peer_is_trusted
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest
from shared.terminals import (
    TERMINAL_COOKIE,
    TERMINAL_PATH,
    certificate_in,
    hash_of_token,
    keep_cookie,
    note_seen,
)
from shared.throttle import Limit
from tenants import directory
from tenants.access import Network, Policy, Range, Shown, Verdict, Way, judge
from tenants.site import Site

PLAIN_403: Final = "403 Forbidden\n"
NOTED_FROM_ONE: Final = Limit("refused-at-the-entrance-from-one", tries=1, minutes=10)
NOTED_AT_ALL: Final = Limit("refused-at-the-entrance", tries=30, minutes=10)
"""So many refusals of one site are recorded: enough to be seen, too few to flood the audit."""


class EntranceMiddleware:
    """Lets in what the site's policy lets in. Gives ``request.terminal``."""

    def __init__(self, get_response: Callable[[SiteRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponse:
        request.terminal = None
        if request.place.kind == "portal":
            return self.get_response(request)
        policy = policy_of(request.place)
        verdict = judge(policy, shown_by(request), clock.now(), clock.today())
        if not verdict.admitted and not _is_enrolling(request, policy):
            return refuse(request, verdict)
        request.terminal = verdict.terminal.id if verdict.terminal else None
        response = self.get_response(request)
        _note(request, verdict, response)
        return response


def policy_of(site: Site) -> Policy:
    """What the site asks: a desk's comes from the directory, the city's from the environment."""
    if site.kind == "city":
        return _city_policy(settings.CITY_NETWORKS)
    return directory.policy_in_request(site.schema)


def shown_by(request: HttpRequest) -> Shown:
    """What the request shows. A proxy's own address shows nothing: it would open to whoever stands before it."""
    address = client_ip(request)
    token = request.COOKIES.get(TERMINAL_COOKIE, "")
    return Shown(
        address=None if address is None or is_trusted(address) else address,
        terminal=hash_of_token(token) if token else "",
        certificate=_certificate(request),
    )


def refuse(request: SiteRequest, verdict: Verdict) -> HttpResponse:
    """The answer to a request from elsewhere, which is recorded unless many are."""
    address = client_address(request)
    if NOTED_FROM_ONE.allows(address) and NOTED_AT_ALL.allows():
        terminal = verdict.terminal.id if verdict.terminal else None
        who = Actor("visitor", address=address, request_id=request.number, terminal=terminal)
        record(who, Action.DENIED, object_type="entrance")
    return HttpResponseForbidden(PLAIN_403, content_type="text/plain; charset=utf-8")


@cache
def _city_policy(networks: tuple[Network, ...]) -> Policy:
    ways = frozenset({Way.NETWORK}) if networks else frozenset[Way]()
    return Policy(ways=ways, ranges=tuple(map(Range, networks)))


def _certificate(request: HttpRequest) -> str:
    name = settings.CERTIFICATE_HEADER
    if not name or not peer_is_trusted(request):
        return ""
    return certificate_in(request.headers.get(name, ""))


def _is_enrolling(request: SiteRequest, policy: Policy) -> bool:
    """Whether the request is for the page where a new terminal's code is typed in, and a code is open."""
    wanted = request.path_info == TERMINAL_PATH or request.path_info.startswith(settings.STATIC_URL)
    return wanted and policy.is_enrolling(clock.now())


def _note(request: SiteRequest, verdict: Verdict, response: HttpResponse) -> None:
    """Once a day and terminal: that it was seen, and a cookie that lasts as long as a new one."""
    if verdict.terminal is not None and verdict.terminal.seen_on != clock.today():
        note_seen(verdict.terminal.id)
        keep_cookie(response, request.COOKIES[TERMINAL_COOKIE])
