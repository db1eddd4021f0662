"""The city's order that rooms are needed for a public use (行政使用の依頼), and how far each facility has come.

No person is in it: the facilities write numbers, and who is hit stands in their own schemas.
"""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Occasion(models.TextChoices):
    """What the rooms are needed for (行政使用の事由)."""

    POLLING = "polling", _("投票所")
    COUNTING = "counting", _("開票所")
    SHELTER = "shelter", _("避難所")
    DISASTER = "disaster", _("災害への対応")
    OTHER = "other", _("その他の公用")


class Order(models.Model):
    """What the city needs, why, and when. ``stops`` (緊急): no new booking is taken from this moment on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    occasion = models.CharField(max_length=10, choices=Occasion)
    detail = models.CharField(max_length=60, blank=True)
    article = models.CharField(max_length=200)
    reason = models.CharField(max_length=500)
    spans = ArrayField(DateTimeRangeField())
    """Half-open spans of instants."""
    stops = models.BooleanField(default=False)
    ordered_at = models.DateTimeField()
    ordered_by = models.UUIDField()
    ordered_login = models.CharField(max_length=60)
    ordered_name = models.CharField(max_length=60)
    """The officer's, as the city's roster has it."""
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)
    end_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-ordered_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(spans__len__gte=1), name="an_order_has_a_time"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(article=""), name="an_order_has_its_ground"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, end_reason="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(end_reason="")),
                name="an_order_ends_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occasion} {self.ordered_at}"


class PlaceState(models.TextChoices):
    """How far a facility has come with an order."""

    SENT = "sent", _("未受領")
    RECEIVED = "received", _("受領・準備中")
    DONE = "done", _("実施済み")
    OVER = "over", _("終了")


class Place(models.Model):
    """One facility of an order: which rooms (the city's to write), and in numbers what it did (the desk's)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="places")
    tenant = models.CharField(max_length=40)
    facility = models.UUIDField()
    rooms = ArrayField(models.UUIDField())
    state = models.CharField(max_length=8, choices=PlaceState, default=PlaceState.SENT)
    received_at = models.DateTimeField(null=True, blank=True)
    hits = models.PositiveIntegerField(null=True, blank=True)
    people = models.PositiveIntegerField(null=True, blank=True)
    """Persons who were expected at the bookings that are hit (利用人数)."""
    moved = models.PositiveIntegerField(null=True, blank=True)
    cancelled = models.PositiveIntegerField(null=True, blank=True)
    kept = models.PositiveIntegerField(null=True, blank=True)
    refund = models.PositiveIntegerField(null=True, blank=True)
    """Yen to be paid back."""
    done_at = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    """When the facility took the rooms back."""

    class Meta:
        ordering = ["tenant", "facility"]
        indexes = [models.Index(fields=["tenant", "state"], name="orders_of_a_place")]
        constraints = [
            models.UniqueConstraint(fields=["order", "facility"], name="a_facility_once_an_order"),
            models.CheckConstraint(condition=Q(rooms__len__gte=1), name="an_order_names_rooms"),
            models.CheckConstraint(
                condition=Q(state="over") | (Q(state="sent") ^ Q(received_at__isnull=False)),
                name="what_was_received_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_at__isnull=False, hits__isnull=False), name="what_is_done_is_told"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant} {self.state}"


class Stop(models.Model):
    """A part (面) that takes no new booking for a span, because an order says so. Written by triggers alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="stops")
    tenant = models.CharField(max_length=40)
    part = models.UUIDField(db_index=True)
    during = DateTimeRangeField()

    def __str__(self) -> str:
        return f"{self.part}"
