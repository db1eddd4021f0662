"""Favourite rooms and saved searches (お気に入り): kept, and let go again, by their account alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from kernel import clock
from shared.accounts.errors import EmptySearchError, TooManyFavouritesError
from shared.accounts.keeping import MOST_ROOMS, MOST_SEARCHES, FavouriteRoom, SavedSearch
from shared.accounts.models import PortalAccount
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record


@transaction.atomic
def keep_room(*, actor: Actor, account: UUID, tenant: str, room: UUID) -> None:
    """Mark a room; one that is marked stays so. ``TooManyFavouritesError``."""
    _lock(account)
    if FavouriteRoom.objects.filter(account=account, room=room).exists():
        return
    place = _free_place(FavouriteRoom, account, MOST_ROOMS)
    FavouriteRoom.objects.create(account_id=account, place=place, tenant=tenant, room=room, made_at=clock.now())
    record(actor, Action.CREATE, object_type="favourite_room", object_id=room)


@transaction.atomic
def drop_room(*, actor: Actor, account: UUID, room: UUID) -> None:
    """Take the mark away. Nothing happens where there is none."""
    dropped, _ = FavouriteRoom.objects.filter(account=account, room=room).delete()
    if dropped:
        record(actor, Action.DELETE, object_type="favourite_room", object_id=room)


@transaction.atomic
def keep_search(*, actor: Actor, account: UUID, name: str, query: str) -> None:
    """Keep a search under a name; the same search again gets the new name.

    ``EmptySearchError``, ``TooManyFavouritesError``. What is searched for stands in no record.
    """
    if not query:
        raise EmptySearchError(field="name")
    _lock(account)
    if SavedSearch.objects.filter(account=account, query=query).update(name=name):
        return
    place = _free_place(SavedSearch, account, MOST_SEARCHES)
    SavedSearch.objects.create(account_id=account, place=place, name=name, query=query, made_at=clock.now())
    record(actor, Action.CREATE, object_type="saved_search", object_id=place)


@transaction.atomic
def drop_search(*, actor: Actor, account: UUID, place: int) -> None:
    """Let a search go. Nothing happens where there is none."""
    dropped, _ = SavedSearch.objects.filter(account=account, place=place).delete()
    if dropped:
        record(actor, Action.DELETE, object_type="saved_search", object_id=place)


def _lock(account: UUID) -> None:
    """One at a time: two taps on two stars take two places."""
    PortalAccount.objects.select_for_update().only("pk").get(pk=account)


def _free_place(model: Any, account: UUID, most: int) -> int:
    taken = set(model.objects.filter(account=account).values_list("place", flat=True))
    place = next((number for number in range(1, most + 1) if number not in taken), None)
    if place is None:
        raise TooManyFavouritesError(most=most)
    return place
