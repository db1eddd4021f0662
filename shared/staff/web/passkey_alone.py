"""A passkey as the whole sign-in (パスキーだけのログイン), where the policy of the place lets that be."""

from __future__ import annotations

from typing import Final, cast

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kernel.errors import DomainError
from shared.problems import problem_of
from shared.requests import SiteRequest
from shared.sessions import AccountSessionStore
from shared.staff.ceremony import Party, request_options
from shared.staff.challenges import PATIENCE, new_challenge, take_challenge
from shared.staff.entering import passkey_fits
from shared.staff.policies import policy_now
from shared.staff.rights import Right
from shared.staff.web.arriving import answered, arrive
from shared.throttle import Limit
from shared.web.addresses import safe_way_back
from shared.web.guard import needs

ALONE: Final = "alone"
"""Purpose of a challenge whose answer needs no password before it."""
BEGUN: Final = Limit("passkeys-asked-for-by-a-client", tries=300, minutes=15)
"""Each leaves a session's row for some minutes."""


@needs(Right.OPEN)
@never_cache
@require_POST
def begin_passkey(request: SiteRequest) -> HttpResponse:
    """What the browser asks a device; in a session of its own, which holds nothing else."""
    _only_if_open(request)
    BEGUN.count(request.address)
    session = cast("AccountSessionStore", request.session)
    session.flush()
    session.begin(idle=PATIENCE, absolute=PATIENCE)
    return JsonResponse(request_options(Party.of(request), new_challenge(request, ALONE), (), alone=True))


@needs(Right.OPEN)
@never_cache
@require_POST
def enter_by_passkey(request: SiteRequest) -> HttpResponse:
    """Let in whose passkey has answered, with its holder verified by the device."""
    _only_if_open(request)
    try:
        kept = take_challenge(request, ALONE)
        account = passkey_fits(account=None, **answered(request, kept))
    except DomainError as error:
        problem = problem_of(error)
        context = {"told": problem.text, "frame": f"frame/{request.place.kind}.html"}
        return render(request, "staff/passkey_failed.html", context, status=problem.status)
    arrive(request, account, how="passkey")
    return HttpResponseRedirect(safe_way_back(request, request.POST.get("next", "")))


def _only_if_open(request: SiteRequest) -> None:
    """Nobody who is signed in begins anew: a session's latest hour is set once."""
    if request.find_account() or not policy_now().passkey_alone:
        raise Http404
