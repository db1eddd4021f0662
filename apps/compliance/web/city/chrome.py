"""The city site's frame: who is signed in, and the ways on."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from shared.frame.chrome import Chrome, navigation
from shared.requests import SiteRequest, staff_of
from shared.staff.rights import Right
from shared.web.guard import may

Trail = list[tuple[str, str]]


def page(request: SiteRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Render ``compliance/city/<template>``."""
    return render(request, f"compliance/city/{template}", context, status=status)


def chrome_of(request: SiteRequest) -> Chrome:
    """Header and footer of a city page; the navigation only for whoever may use it."""
    account = staff_of(request)
    return Chrome(
        owner=_("印西市"),
        home_url=reverse("city:facilities"),
        person=account.name if account else "",
        sign_out_url=reverse("sign_out"),
        nav=navigation(request.path, _links(request)) if account else (),
    )


def _links(request: SiteRequest) -> Trail:
    links = (
        (Right.CITY_SEE, _("施設と運営者"), "city:facilities"),
        (Right.CITY_SEE, _("利用状況"), "city:usage"),
        (Right.CITY_SEE, _("予約の一覧"), "city:bookings"),
        (Right.CITY_REGISTRANTS, _("利用者の照会"), "city:registrants"),
        (Right.CITY_SENIOR_SEE, _("登録証"), "city:senior_cards"),
        (Right.OWN_ACCOUNT, _("管理"), "city:office"),
    )
    return [(label, reverse(name)) for right, label, name in links if may(request, right)]
