"""Facilities, rooms and the parts that they are made of."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
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


class PurposeGroup(models.Model):
    """A group of purposes (利用目的の分類)."""

    code = models.SlugField(primary_key=True, max_length=30)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class Purpose(models.Model):
    """What a room is used for (利用目的), in its group."""

    code = models.SlugField(primary_key=True, max_length=30)
    group = models.ForeignKey(PurposeGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="purposes")
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_loud = models.BooleanField(default=False)
    """音出し: only in a room that allows it, and not beside a use that needs quiet."""
    needs_quiet = models.BooleanField(default=False)
    has_food = models.BooleanField(default=False)
    """飲食."""
    uses_fire = models.BooleanField(default=False)
    """火気."""

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class Reception(models.TextChoices):
    """How an application is received (受付方法)."""

    IMMEDIATE = "immediate", _("即時許可")
    TENTATIVE = "tentative", _("仮予約")
    REVIEWED = "reviewed", _("要審査")


class OnlyFor(models.TextChoices):
    """Whom a room is let to on the portal (区分制限); without one, to all."""

    INDIVIDUAL = "individual", _("個人のみ")
    GROUP = "group", _("団体のみ")


class Room(models.Model):
    """A room or a combination of parts (室場・組合せ) that is offered under one name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)
    reading = models.CharField(max_length=90, blank=True, default="", db_default="")
    """フリガナ."""
    description = models.TextField(blank=True, max_length=500, default="", db_default="")
    description_en = models.TextField(blank=True, max_length=500, default="", db_default="")
    area = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    """面積 in square metres."""
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="annexes")
    """附属の室場 (控室など): booked only by whoever has this one then."""
    only = models.CharField(max_length=10, choices=OnlyFor, blank=True, default="", db_default="")
    """区分制限 on the portal."""
    position = models.PositiveSmallIntegerField(default=0)
    capacity = models.PositiveIntegerField()
    """定員 in persons."""
    reception = models.CharField(max_length=10, choices=Reception, default=Reception.REVIEWED)
    is_public = models.BooleanField(default=True)
    """Whether citizens see it on the portal."""
    public_from = models.DateField(null=True, blank=True)
    """公開日: from when on they do."""
    hold_minutes = models.PositiveSmallIntegerField(default=15)
    """How long a chosen slot is held (仮押え)."""
    valid_from = models.DateField(null=True, blank=True)
    """適用開始日: the first day of use; None: it has always been there."""
    valid_until = models.DateField(null=True, blank=True)
    """廃止日: the last day of use."""
    allows_sound = models.BooleanField(default=True)
    """音出し可."""
    allows_food = models.BooleanField(default=True)
    """飲食可."""
    allows_fire = models.BooleanField(default=True)
    """火気可."""
    parts = models.ManyToManyField(Part, through="RoomPart", related_name="rooms")
    purposes = models.ManyToManyField(Purpose, through="RoomPurpose", related_name="rooms")

    class Meta:
        ordering = ["facility", "position", "name"]
        constraints = [
            models.CheckConstraint(condition=Q(capacity__gte=1), name="a_room_holds_somebody"),
            models.UniqueConstraint(
                fields=["facility", "name"],
                condition=Q(valid_until__isnull=True),
                name="a_room_of_one_name_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="a_room_is_not_its_own_annex"),
            models.CheckConstraint(condition=Q(hold_minutes__range=(1, 120)), name="a_hold_has_an_end"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="a_room_ends_after_it_begins",
            ),
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


class NeighbourStrictness(models.TextChoices):
    """What is done about a loud use beside a quiet one."""

    WARN = "warn", _("知らせる")
    REFUSE = "refuse", _("受け付けない")


class RoomNeighbour(models.Model):
    """Two rooms that disturb each other (隣接室場), through a wall or a partition (パーテーション)."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+")
    neighbour = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+")
    strictness = models.CharField(max_length=8, choices=NeighbourStrictness, default=NeighbourStrictness.WARN)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(room=F("neighbour")), name="a_room_is_not_its_own_neighbour"),
            models.UniqueConstraint(Least("room", "neighbour"), Greatest("room", "neighbour"), name="a_pair_once"),
        ]

    def __str__(self) -> str:
        return f"{self.room_id}/{self.neighbour_id}"
