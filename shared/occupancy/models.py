"""The read model: what is offered and what is taken, city-wide and without personal data.

Both tables are written by triggers of the tenants' own tables, in the same transaction, and by nothing
else; no role may write them. So vacancy shown and vacancy booked never differ, and a tenant cannot speak
for another one.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class RoomListing(models.Model):
    """A room (室場) with all that its availability depends on: timetables, closing rules, window, parts."""

    room = models.UUIDField(primary_key=True)
    tenant = models.CharField(max_length=40)
    """Schema name of the tenant."""
    facility = models.UUIDField(db_index=True)
    position = models.PositiveIntegerField()
    is_public = models.BooleanField()
    capacity = models.PositiveIntegerField()
    purposes = ArrayField(models.CharField(max_length=30))
    parts = ArrayField(models.UUIDField())
    details = models.JSONField()
    """Names, window, timetables and closing rules, in the shape that ``apps.bookings.rules.listing`` reads."""

    class Meta:
        ordering = ["facility", "position", "room"]
        indexes = [models.Index(fields=["tenant"], name="listing_by_tenant")]

    def __str__(self) -> str:
        return str(self.room)


class Occupancy(models.Model):
    """A part (面) that is taken on a day. A span over several days has a row for each."""

    occupation = models.UUIDField()
    day = models.DateField()
    tenant = models.CharField(max_length=40)
    facility = models.UUIDField()
    part = models.UUIDField()
    kind = models.CharField(max_length=12)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    """A hold (仮押え) counts until then."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["occupation", "tenant", "day"], name="one_row_an_occupation_and_day")
        ]
        indexes = [
            models.Index(
                fields=["facility", "day"],
                include=["id", "part", "kind", "starts_at", "ends_at", "expires_at"],
                name="occupancy_by_facility",
            ),
            models.Index(
                fields=["day"],
                include=["id", "part", "kind", "starts_at", "ends_at", "expires_at"],
                name="occupancy_by_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.day}"


class EquipmentListing(models.Model):
    """A kind of equipment (附属設備) that a facility lends and shows, with its stock in time."""

    equipment = models.UUIDField(primary_key=True)
    tenant = models.CharField(max_length=40)
    facility = models.UUIDField()
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=10)
    is_counted = models.BooleanField()
    minutes_before = models.PositiveSmallIntegerField()
    minutes_after = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    position = models.PositiveIntegerField()
    stocks = models.JSONField()
    """Pairs of a first day and how many there are from then on."""

    class Meta:
        ordering = ["facility", "position", "equipment"]
        indexes = [
            models.Index(fields=["facility", "name"], name="equipment_by_facility"),
            models.Index(fields=["tenant"], name="equipment_by_tenant"),
        ]

    def __str__(self) -> str:
        return self.name


class EquipmentOut(models.Model):
    """Pieces that go with a booking, for as long as it occupies its room."""

    tenant = models.CharField(max_length=40)
    booking = models.UUIDField()
    equipment = models.UUIDField()
    quantity = models.PositiveIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    """With a hold (仮押え) they are out until then."""

    class Meta:
        indexes = [
            models.Index(fields=["equipment", "ends_at"], name="equipment_out_by_kind"),
            models.Index(fields=["tenant", "booking"], name="equipment_out_by_booking"),
        ]

    def __str__(self) -> str:
        return f"{self.equipment} {self.quantity}"
