"""Arriving at a desk or at the city: after the password the second factor, then a word on the sign-in before."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import Any, Final, cast

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kernel.clock import TOKYO
from kernel.errors import DomainError
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_as
from shared.sessions import AccountSessionStore
from shared.staff.ceremony import Party, request_options
from shared.staff.challenges import new_challenge, take_challenge
from shared.staff.entering import Origin, begin_session, code_fits, passkey_fits, password_fits
from shared.staff.looking_back import before_this
from shared.staff.models import SignInSign, StaffAccount
from shared.staff.passkeys import usable
from shared.staff.rights import Right
from shared.staff.second_factor import has_second_factor
from shared.staff.web.forms import ProofForm
from shared.web.forms import tell
from shared.web.guard import needs

PENDING: Final = "password_fitted"
"""Key of a session without an account: whose password fitted, and where to go when the second factor does too."""
PATIENCE: Final = dt.timedelta(minutes=10)
SECOND: Final = "second"
"""Purpose of a challenge: what an answer to it proves, it proves beside a password alone."""


def staff_enters(request: SiteRequest, login_id: str, password: str, way_back: str) -> str:
    """Where to go on for whom ID and password open: to the second factor, or in; nothing for anybody else.

    Raises the errors of ``password_fits``.
    """
    visitor, origin = actor_as(request, None), Origin.of(request)
    account = password_fits(actor=visitor, origin=origin, login_id=login_id, password=password)
    if account is None:
        return ""
    if not has_second_factor(account):
        arrive(request, account)
        return way_back
    session = cast("AccountSessionStore", request.session)
    session.flush()
    session[PENDING] = {"account": str(account.pk), "stamp": account.get_session_auth_hash(), "next": way_back}
    session.begin(idle=PATIENCE, absolute=PATIENCE)
    return reverse("own:prove")


@needs(Right.OPEN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: SiteRequest) -> HttpResponse:
    """Ask whose password fitted for a code (確認コード)."""
    account = _who_waits(request)
    if account is None:
        return HttpResponseRedirect("/")
    if request.method != "POST":
        return _asked(request, account, ProofForm())
    if "answer" in request.POST:
        return _by_device(request, account)
    form = ProofForm(request.POST)
    if not form.is_valid():
        return _asked(request, account, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    code = form.cleaned_data["code"]
    try:
        code_fits(actor=actor_as(request, None), origin=Origin.of(request), account=account, code=code)
    except DomainError as error:
        return _asked(request, account, form, tell(form, error))
    return _through(request, account, how="password+code")


def arrive(request: SiteRequest, account: StaffAccount, *, how: str = "password") -> None:
    """Begin the session, and tell of the sign-in before this one and of what was noticed since."""
    begin_session(request, account, how=how)
    before = before_this(account)
    if before.last is not None:
        when = before.last.at.astimezone(TOKYO)
        place = before.last.address or _("不明")
        told = _("前回のログイン：{at}（接続元 {place}）").format(at=f"{when:%Y-%m-%d %H:%M}", place=place)
        messages.info(request, told)
    if before.failures:
        told = ngettext(
            "その後、ログインの失敗が{n}回ありました。", "その後、ログインの失敗が{n}回ありました。", before.failures
        )
        messages.warning(request, told.format(n=before.failures))
    for sign in dict.fromkeys(one.sign for one in before.signs):
        messages.warning(request, f"{SignInSign(sign).label}。{_('心当たりがなければ、責任者へ知らせてください。')}")


def _by_device(request: SiteRequest, account: StaffAccount) -> HttpResponse:
    try:
        kept = take_challenge(request, SECOND)
        passkey_fits(account=account, **answered(request, kept))
    except DomainError as error:
        problem = problem_of(error)
        return _asked(request, account, ProofForm(), problem.status, told=problem.text)
    return _through(request, account, how="password+passkey")


def _through(request: SiteRequest, account: StaffAccount, *, how: str) -> HttpResponse:
    way_on = str(request.session[PENDING]["next"])
    arrive(request, account, how=how)
    return HttpResponseRedirect(way_on)


def _asked(
    request: SiteRequest, account: StaffAccount, form: ProofForm, status: int = HTTPStatus.OK, told: str = ""
) -> HttpResponse:
    """The page that asks for a code, or for a passkey where the account has one of this host."""
    party = Party.of(request)
    own = usable(account, party)
    options = request_options(party, new_challenge(request, SECOND), own, alone=False) if own else None
    context = {"form": form, "frame": f"frame/{request.place.kind}.html", "options": options, "told": told}
    return render(request, "staff/prove.html", context, status=status)


def answered(request: SiteRequest, kept: dict[str, str]) -> dict[str, Any]:
    """What ``passkey_fits`` is given of a request that answers the challenge in ``kept``."""
    return {
        "actor": actor_as(request, None),
        "origin": Origin.of(request),
        "answer": request.POST.get("answer", ""),
        "challenge": bytes.fromhex(kept["challenge"]),
        "party": Party.of(request),
    }


def _who_waits(request: SiteRequest) -> StaffAccount | None:
    """Whose password fitted in this session, unless it changed or the account ended since."""
    pending: dict[str, str] = request.session.get(PENDING) or {}
    account = StaffAccount.objects.filter(pk=pending["account"]).first() if pending else None
    if account is None or not account.may_sign_in:
        return None
    return account if constant_time_compare(pending["stamp"], account.get_session_auth_hash()) else None
