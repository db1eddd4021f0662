"""What a citizen keeps in an account: favourite rooms, searches, and of what to be reminded (shared schema).

Each row is its account's alone, by a row rule. The number of favourites is limited by their places: 1 to the last.
"""

from __future__ import annotations

import uuid
from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

MOST_ROOMS: Final = 30
MOST_SEARCHES: Final = 10


class FavouriteRoom(models.Model):
    """A room that a citizen has marked (お気に入りの室場)."""

    account = models.ForeignKey("accounts.PortalAccount", on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    tenant = models.CharField(max_length=40)
    """Schema name of the room's tenant."""
    room = models.UUIDField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["account", "room"], name="a_favourite_room_once"),
            models.UniqueConstraint(fields=["account", "place"], name="one_favourite_room_a_place"),
            models.CheckConstraint(condition=Q(place__range=(1, MOST_ROOMS)), name="no_more_favourite_rooms"),
        ]

    def __str__(self) -> str:
        return str(self.room)


class SavedSearch(models.Model):
    """A search that a citizen makes again and again (保存した検索), without its day."""

    account = models.ForeignKey("accounts.PortalAccount", on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=400)
    """As it stands in the address of the search."""
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["account", "query"], name="a_saved_search_once"),
            models.UniqueConstraint(fields=["account", "place"], name="one_saved_search_a_place"),
            models.CheckConstraint(condition=Q(place__range=(1, MOST_SEARCHES)), name="no_more_saved_searches"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(query=""), name="a_saved_search_is_told"),
        ]

    def __str__(self) -> str:
        return self.name


class ReminderWish(models.Model):
    """Of what a citizen wants to be reminded by mail (お知らせメール). Without one the facility's terms hold."""

    account = models.OneToOneField(
        "accounts.PortalAccount", on_delete=models.CASCADE, related_name="+", primary_key=True
    )
    use = ArrayField(models.PositiveIntegerField(), default=list)
    """Minutes before the use."""
    tentative = ArrayField(models.PositiveIntegerField(), default=list)
    """Minutes before a 仮予約 expires."""
    opening = models.BooleanField(default=False)
    """When the reception of a favourite room opens."""
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    """Between these hours nothing is sent."""
    stop = models.UUIDField(default=uuid.uuid4, unique=True)
    """What the link that stops all of it is made of; a new one makes those before void."""
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | (Q(quiet_from__isnull=False, quiet_until__isnull=False) & ~Q(quiet_from=models.F("quiet_until"))),
                name="quiet_hours_have_two_ends",
            ),
            models.CheckConstraint(condition=Q(use__len__lte=5, tentative__len__lte=5), name="a_few_reminders_each"),
        ]

    def __str__(self) -> str:
        return f"{self.changed_at:%Y-%m-%d}"


class OpeningReminder(models.Model):
    """That somebody was told of an opening: once a room and opening."""

    account = models.ForeignKey("accounts.PortalAccount", on_delete=models.CASCADE, related_name="+")
    room = models.UUIDField()
    opens_at = models.DateTimeField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "room", "opens_at"], name="an_opening_is_told_once")]

    def __str__(self) -> str:
        return f"{self.opens_at:%Y-%m-%d}"
