"""Equipment that is lent with a room (附属設備・備品), its stock in time, and what is out."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import ClassVar

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.bookings.models.booking import Booking
from apps.bookings.models.room import Facility, Room
from shared.described import Described, plain


def new_code() -> str:
    """A code that no other item of the house has."""
    return f"e{uuid.uuid4().hex[:12]}"


class Equipment(models.Model):
    """A kind of equipment of a facility (附属設備). What it costs stands in the fee table of equipment, by its code."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="equipment")
    code = models.CharField(max_length=30, default=new_code, editable=False)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=10, default="台")
    place = models.CharField(max_length=60, blank=True)
    """置場所."""
    is_counted = models.BooleanField(default=True)
    """在庫管理する: no more are lent at one time than there are."""
    is_public = models.BooleanField(default=True)
    minutes_before = models.PositiveSmallIntegerField(default=0)
    """貸出前の余裕."""
    minutes_after = models.PositiveSmallIntegerField(default=0)
    deadline_days = models.PositiveSmallIntegerField(null=True, blank=True)
    """予約取消期限 on the portal: so many days before the use. None: as for a change of the booking."""
    deadline_at = models.TimeField(default=dt.time(23, 59))
    rooms = models.ManyToManyField(Room, through="EquipmentRoom", related_name="equipment")
    """The rooms that it is lent in; none named: every room of the facility."""
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["facility", "position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["facility", "name"], name="equipment_of_one_name_once"),
            models.UniqueConstraint(fields=["facility", "code"], name="equipment_of_one_code_once"),
            models.CheckConstraint(condition=Q(deadline_days__lte=400), name="equipment_is_not_ordered_years_before"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="equipment_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EquipmentRoom(models.Model):
    """An item is lent in a room."""

    equipment = models.ForeignKey(Equipment, on_delete=models.CASCADE, related_name="equipment_rooms")
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="equipment_rooms")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["equipment", "room"], name="an_item_once_a_room")]

    def __str__(self) -> str:
        return f"{self.equipment_id}/{self.room_id}"


class EquipmentStock(models.Model):
    """How many there are from a day on (総数)."""

    equipment = models.ForeignKey(Equipment, on_delete=models.CASCADE, related_name="stocks")
    valid_from = models.DateField()
    quantity = models.PositiveIntegerField()

    class Meta:
        ordering = ["equipment", "valid_from"]
        constraints = [models.UniqueConstraint(fields=["equipment", "valid_from"], name="one_stock_a_first_day")]

    def __str__(self) -> str:
        return f"{self.equipment_id} {self.valid_from}"


class EquipmentUse(models.Model):
    """Pieces that go with a booking, out for ``during``, the margins included."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="equipment_uses")
    equipment = models.ForeignKey(Equipment, on_delete=models.PROTECT, related_name="uses")
    during = DateTimeRangeField()
    quantity = models.PositiveIntegerField()

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={"equipment": _("予約に伴う附属設備"), "quantity": _("予約に伴う附属設備の数")},
        plain=plain("during"),
    )

    class Meta:
        ordering = ["booking", "equipment"]
        indexes = [models.Index(fields=["equipment"], name="equipment_use_by_kind")]
        constraints = [
            models.UniqueConstraint(fields=["booking", "equipment"], name="equipment_once_a_booking"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="equipment_is_one_at_least"),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.equipment_id}"
