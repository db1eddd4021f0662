"""Favourites (お気に入り): stars on rooms, searches that are kept, and the list of both."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.bookings.errors import UnknownRoomError
from apps.bookings.queries.favourites import favourite_rooms
from apps.bookings.web.citizen.chrome import page
from apps.bookings.web.citizen.search_form import SearchForm, sought_in
from kernel.errors import DomainError
from shared.accounts.favourites import drop_room, drop_search, keep_room, keep_search
from shared.accounts.models import PortalAccount, SavedSearch
from shared.occupancy.models import RoomListing
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.guard import needs


class KeepForm(forms.Form):
    """A search and the name that it is kept under."""

    name = forms.CharField(label=gettext_lazy("検索の名前"), max_length=40)
    query = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)

    def clean_query(self) -> str:
        """The search without its days, in the form's own order; only what the search itself would take."""
        data = QueryDict(self.cleaned_data["query"], mutable=True)
        for name in ("day", "until", "page"):
            data.pop(name, None)
        if data and not SearchForm(data).is_valid():
            raise forms.ValidationError(_("この検索は保存できません。"))
        told = sought_in(data)
        if len(told) > 400:
            raise forms.ValidationError(_("この検索は保存できません。"))
        return told


@needs(Right.CITIZEN)
@require_safe
@never_cache
def favourites(request: SiteRequest) -> HttpResponse:
    """Rooms with their next free time, and searches."""
    account = holder(request)
    return page(
        request,
        "favourites.html",
        trail=[(_("お気に入り"), "")],
        rooms=favourite_rooms(account.pk),
        searches=list(SavedSearch.objects.filter(account=account)),
    )


@needs(Right.CITIZEN)
@require_POST
def star(request: SiteRequest, tenant: str, room: UUID) -> HttpResponse:
    """Mark a room, or take the mark away, and go back."""
    account = holder(request)
    if "drop" in request.POST:
        drop_room(actor=actor_of(request), account=account.pk, room=room)
        messages.success(request, _("お気に入りから外しました。"))
        return back(request)
    if not RoomListing.objects.filter(room=room, tenant=tenant, is_public=True).exists():
        raise UnknownRoomError
    try:
        keep_room(actor=actor_of(request), account=account.pk, tenant=tenant, room=room)
        messages.success(request, _("お気に入りに追加しました。"))
    except DomainError as error:
        messages.error(request, problem_of(error).text)
    return back(request)


@needs(Right.CITIZEN)
@require_POST
def keep(request: SiteRequest) -> HttpResponse:
    """Keep a search under a name."""
    form = KeepForm(request.POST)
    told = ""
    if not form.is_valid():
        told = str(next(iter(form.errors.values()))[0])
    else:
        try:
            keep_search(actor=actor_of(request), account=holder(request).pk, **form.cleaned_data)
        except DomainError as error:
            told = problem_of(error).text
    if told:
        messages.error(request, told)
        return back(request)
    messages.success(request, _("検索を保存しました。"))
    return redirect("citizen:favourites")


@needs(Right.CITIZEN)
@require_POST
def forget(request: SiteRequest, place: int) -> HttpResponse:
    """Let a search go."""
    drop_search(actor=actor_of(request), account=holder(request).pk, place=place)
    messages.success(request, _("保存した検索を削除しました。"))
    return redirect("citizen:favourites")


def holder(request: SiteRequest) -> PortalAccount:
    """The account of a view that needs ``Right.CITIZEN``."""
    return cast("PortalAccount", request.find_account())


def back(request: SiteRequest) -> HttpResponseRedirect:
    """Where the button stood, on this host only."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/favourites/"
    return HttpResponseRedirect(target)
