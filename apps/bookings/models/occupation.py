"""What occupies a part: the one table that the exclusion constraint guards."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.bookings.models.booking import Booking
from apps.bookings.models.room import Part, Room
from shared.described import Described, plain


class OccupationKind(models.TextChoices):
    """Why a part is not free (占有の種類)."""

    HOLD = "hold", _("仮押え")
    BOOKING = "booking", _("予約")
    CLOSURE = "closure", _("休館")
    MAINTENANCE = "maintenance", _("保守")
    WORKS = "works", _("工事")
    CITY_USE = "city_use", _("主催事業")
    OPEN_USE = "open_use", _("開放")


class BlockSeries(models.Model):
    """Blocks that were entered together (繰返しの枠)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="block_series")
    kind = models.CharField(max_length=12, choices=OccupationKind)
    label = models.CharField(max_length=60, blank=True)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list)
    ordinals = ArrayField(models.SmallIntegerField(), default=list)
    first_day = models.DateField()
    last_day = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.first_day}"


class Block(models.Model):
    """A span in which a room is not offered (休館・保守・工事・主催事業・開放の枠)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    series = models.ForeignKey(BlockSeries, null=True, blank=True, on_delete=models.CASCADE, related_name="blocks")
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="blocks")
    kind = models.CharField(max_length=12, choices=OccupationKind)
    during = DateTimeRangeField()
    label = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    displacement = models.ForeignKey(
        "bookings.Displacement", null=True, blank=True, on_delete=models.PROTECT, related_name="blocks"
    )
    """The public use (行政使用) that it is for."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=[OccupationKind.HOLD, OccupationKind.BOOKING]), name="a_block_has_no_user"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.room_id}"


class Occupation(models.Model):
    """A part is taken for a span (占有). Rows exist only while they occupy; history is in the acts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="occupations")
    during = DateTimeRangeField()
    kind = models.CharField(max_length=12, choices=OccupationKind)
    booking = models.ForeignKey(Booking, null=True, on_delete=models.CASCADE, related_name="occupations")
    block = models.ForeignKey(Block, null=True, on_delete=models.CASCADE, related_name="occupations")
    expires_at = models.DateTimeField(null=True)

    describes: ClassVar[Described] = Described(
        file="registrants",
        plain=plain("during kind expires_at"),
    )

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="a_part_is_taken_once",
                expressions=[("part", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                condition=Q(booking__isnull=False) ^ Q(block__isnull=False), name="somebody_occupies"
            ),
            models.CheckConstraint(
                condition=Q(kind="hold") ^ Q(expires_at__isnull=True), name="only_a_held_part_is_let_go"
            ),
            models.CheckConstraint(
                condition=Q(during__startswith__isnull=False, during__endswith__isnull=False),
                name="an_occupation_has_both_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} {self.kind}"
