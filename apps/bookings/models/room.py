"""Facilities, rooms and the parts that they are made of."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Facility(models.Model):
    """A bookable facility (施設) of this tenant. Its id is the catalogue's, without a foreign key."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=150, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Part(models.Model):
    """The bookable atom (面): a half of a gymnasium, or a whole undivided room."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="parts")
    name = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.name


class Purpose(models.Model):
    """What a room is used for (利用目的)."""

    code = models.SlugField(primary_key=True, max_length=30)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class Reception(models.TextChoices):
    """How an application is received (受付方法)."""

    IMMEDIATE = "immediate", _("即時許可")
    TENTATIVE = "tentative", _("仮予約")
    REVIEWED = "reviewed", _("要審査")


class Room(models.Model):
    """A room or a combination of parts (室場・組合せ) that is offered under one name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    capacity = models.PositiveIntegerField()
    """定員 in persons."""
    reception = models.CharField(max_length=10, choices=Reception, default=Reception.REVIEWED)
    is_public = models.BooleanField(default=True)
    """Whether citizens see it on the portal."""
    opens_months_before = models.PositiveSmallIntegerField(default=3)
    """受付開始: so many months before the day, same day of the month, from 0:00 (同日方式)."""
    closes_days_before = models.PositiveSmallIntegerField(default=1)
    """受付締切: the last day of application on the portal is so many days before the day of use."""
    hold_minutes = models.PositiveSmallIntegerField(default=15)
    """How long a chosen slot is held (仮押え)."""
    parts = models.ManyToManyField(Part, through="RoomPart", related_name="rooms")
    purposes = models.ManyToManyField(Purpose, through="RoomPurpose", related_name="rooms")

    class Meta:
        ordering = ["facility", "position", "name"]
        constraints = [
            models.CheckConstraint(condition=Q(capacity__gte=1), name="a_room_holds_somebody"),
            models.CheckConstraint(condition=Q(hold_minutes__range=(1, 120)), name="a_hold_has_an_end"),
        ]

    def __str__(self) -> str:
        return self.name


class RoomPart(models.Model):
    """A room occupies a part."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="room_parts")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="room_parts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "part"], name="a_part_once_a_room")]

    def __str__(self) -> str:
        return f"{self.room_id}/{self.part_id}"


class RoomPurpose(models.Model):
    """A room allows a purpose."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="room_purposes")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="room_purposes")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "purpose"], name="a_purpose_once_a_room")]

    def __str__(self) -> str:
        return f"{self.room_id}/{self.purpose_id}"
