"""Who may see a page: each view names a right (``shared.staff.rights``), and one place asks for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_htmx.http import HttpResponseClientRedirect

from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import Account, SiteRequest, actor_of, staff_of
from shared.staff.care import is_limited, may_write_about
from shared.staff.models import StaffAccount
from shared.staff.rights import Right, holds

OVER: Final = {
    "idle": _("しばらく操作がなかったため、ログアウトしました。もう一度ログインしてください。"),
    "absolute": _("ログインしてから長い時間がたったため、ログアウトしました。もう一度ログインしてください。"),
    "elsewhere": _(
        "同じIDで別の場所からログインがあったため、こちらではログアウトしました。"
        "心当たりがなければ、すぐに責任者へ知らせてください。"
    ),
    "everywhere": _("すべての端末からログアウトしました。"),
}
"""Why a session is over, as it is told on the next request."""
AnyView = TypeVar("AnyView", bound=Callable[..., HttpResponseBase])
ATTRIBUTE: Final = "needed_right"
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
About = Callable[[SiteRequest, Mapping[str, Any]], Collection[str] | None]
"""Request and parameters of the address -> the schemas of the tenants that a view of the city writes about, or None for
all that there are. An empty answer stops nobody: such a thing is not there, or concerns no tenant."""
READING: Final = frozenset(
    {Right.OWN_ACCOUNT, Right.CITY_SEE, Right.CITY_REGISTRANTS, Right.CITY_SENIOR_SEE, Right.REGISTERS_SEE}
)
"""Rights to read, which reach every facility."""
NOT_IN_CARE: Final = _("所管している施設ではないため、参照のみできます。変更は、この施設を所管する課が行います。")
PORTAL_COOKIE: Final = settings.SESSION_COOKIE_NAMES["portal"]


@dataclass(frozen=True, slots=True)
class Named:
    """The rights that a view names: to ask for it, and to post to it."""

    right: Right
    to_change: Right
    about: About | None = None

    def asked(self, method: str | None) -> Right:
        """The right that a request with ``method`` needs."""
        return self.right if method in SAFE else self.to_change


def needs(right: Right, *, to_change: Right | None = None, about: About | None = None) -> Callable[[AnyView], AnyView]:
    """Name the right (権限) of a view: every view of every site has one, and ``RightsMiddleware`` asks for it.

    ``to_change`` is the right to post, where it is another. ``about`` finds the tenants that a view of the city writes
    about: who is limited to the facilities in the own care (所管施設) reads the page of another, and posts nothing.
    Decorators that wrap with ``functools.wraps`` keep it.
    """

    def decorate(view: AnyView) -> AnyView:
        vars(view)[ATTRIBUTE] = Named(right, to_change or right, about)
        return view

    return decorate


def named_of(view: Callable[..., HttpResponseBase]) -> Named | None:
    """What ``view`` names, or None."""
    return getattr(view, ATTRIBUTE, None)


def may(request: SiteRequest, right: Right) -> bool:
    """Whether who is signed in at this staff site has ``right``; for links and buttons, which are no guard."""
    account = staff_of(request)
    if account is None or not holds(account.roles, right):
        return False
    is_reading_only = getattr(request, "is_outside_care", False) and right not in READING
    return not (is_reading_only and is_limited(account.roles, right))


class RightsMiddleware:
    """Asks for the right that the view names, on every site. A view that names none is refused to everybody.

    What staff see is never stored by the browser: the lent terminals are shared. Neither is what a citizen sees who has
    signed in, on whatever device that is.
    """

    def __init__(self, get_response: Callable[[SiteRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.place.kind != "portal" or PORTAL_COOKIE in request.COOKIES:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: SiteRequest, view: Callable[..., HttpResponse], _args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """None lets the view run; who is not signed in is sent to the sign-in page, who lacks the right gets a 403."""
        named = named_of(view)
        right = named.asked(request.method) if named else None
        if right == Right.OPEN:
            return None
        account = request.find_account()
        if account is None:
            return to_sign_in(request)
        if right is None or not _has(account, right):
            name = getattr(view, "__name__", "")
            record(actor_of(request), Action.DENIED, object_type="page", object_id=name, why=right or "no right named")
            raise PermissionDenied
        if named and request.place.kind == "city" and isinstance(account, StaffAccount):
            _ask_for_care(request, account, view, kwargs)
        return None


def _ask_for_care(
    request: SiteRequest, account: StaffAccount, view: Callable[..., HttpResponse], kwargs: Mapping[str, Any]
) -> None:
    """Marks a page about a facility outside the own care as one to read; refuses, and records, what is posted there."""
    named = named_of(view)
    if named is None or named.about is None or not is_limited(account.roles, named.to_change):
        return
    schemas = named.about(request, kwargs)
    request.is_outside_care = schemas is None or not may_write_about(account, named.to_change, schemas)
    if request.is_outside_care and request.method not in SAFE:
        name = getattr(view, "__name__", "")
        record(actor_of(request), Action.DENIED, object_type="page", object_id=name, why="not in care")
        raise PermissionDenied(str(NOT_IN_CARE))


def _has(account: Account, right: Right) -> bool:
    if isinstance(account, StaffAccount):
        return holds(account.roles, right)
    return right == Right.CITIZEN


def to_sign_in(request: SiteRequest) -> HttpResponse:
    """A redirect to the sign-in page, which leads back to the page that was asked for.

    What was posted is not repeated after signing in, so a POST leads to the site's first page. Whose session is over
    is told why, once.
    """
    why = getattr(getattr(request, "session", None), "ended_why", "")
    if why in OVER:
        messages.warning(request, str(OVER[why]))
    if request.htmx:
        return HttpResponseClientRedirect(_sign_in_url(request.htmx.current_url_abs_path or ""))
    return HttpResponseRedirect(_sign_in_url(request.get_full_path() if request.method == "GET" else ""))


def _sign_in_url(way_back: str) -> str:
    url = reverse("sign_in")
    return f"{url}?{urlencode({'next': way_back})}" if way_back and way_back != "/" else url
