"""The portal's frame: where the citizen is, and the ways on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.bookings.queries.favourites import marked_rooms
from shared.frame.chrome import Chrome, navigation
from shared.requests import SiteRequest, citizen_of

Trail = list[tuple[str, str]]


def page(
    request: SiteRequest, template: str, *, trail: Trail | None = None, status: int = 200, **context: Any
) -> HttpResponse:
    """Render ``bookings/citizen/<template>`` in the portal's frame; ``trail`` leads from the top page to here."""
    full = [(_("トップ"), reverse("citizen:home")), *trail] if trail else []
    return render(request, f"bookings/citizen/{template}", {**context, "trail": full}, status=status)


def marked_in(request: SiteRequest) -> set[UUID]:
    """The rooms that whoever looks has marked; one statement for who is signed in, none for others."""
    account = citizen_of(request)
    return marked_rooms(account.pk) if account else set()


def chrome_of(request: SiteRequest) -> Chrome:
    """Header and footer of a portal page."""
    links = [(_("施設を探す"), reverse("citizen:search")), (_("予約の確認・取消"), reverse("citizen:bookings"))]
    account = citizen_of(request)
    if account:
        links += [
            (_("お気に入り"), reverse("citizen:favourites")),
            (_("利用者登録"), reverse("my:registrations")),
            (_("アカウント"), reverse("my:account")),
        ]
    return Chrome(
        owner=_("印西市"),
        home_url=reverse("citizen:home"),
        person=account.login_id if account else "",
        sign_in_url=reverse("sign_in"),
        sign_out_url=reverse("sign_out"),
        nav=navigation(request.path, links),
    )
