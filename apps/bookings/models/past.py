"""Use of rooms before this system (指定管理前の使用履歴): history that no rule of today judges."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.bookings.models.room import Room
from apps.registrants.models import Registrant
from shared.described import Described, plain


class PastState(models.TextChoices):
    """What became of it; the values are those of ``BookingState``, so that statistics count both alike."""

    PERMITTED = "permitted", _("利用")
    CANCELLED = "cancelled", _("取消")
    REFUSED = "refused", _("不許可")


class PastBooking(models.Model):
    """A use from another system's records (過去の利用). It occupies nothing, and has no history of acts here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source_key = models.CharField(max_length=120, unique=True)
    """``<source>:<key>`` of the system that it came from."""
    number = models.CharField(max_length=40)
    """The other system's 予約番号."""
    registrant = models.ForeignKey(Registrant, null=True, on_delete=models.PROTECT, related_name="past_bookings")
    """None for somebody who was not registered."""
    room = models.ForeignKey(Room, null=True, on_delete=models.PROTECT, related_name="+")
    """None for a room that is not let any more."""
    room_name = models.CharField(max_length=100)
    """The room as the other system called it."""
    day = models.DateField()
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    """None where only the day is known: such a use counts by itself and its people, not by slots."""
    slot_label = models.CharField(max_length=40, blank=True)
    purpose_name = models.CharField(max_length=100, blank=True)
    event_name = models.CharField(max_length=100, blank=True)
    headcount = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=10, choices=PastState)
    fee = models.PositiveIntegerField(null=True)
    """使用料 in yen."""
    paid = models.PositiveIntegerField(null=True)
    """What of it was paid, in yen; None where the other system does not say."""
    settled_on = models.DateField(null=True)
    """The day on which the desk noted that nothing is owed any more."""
    settled_by = models.UUIDField(null=True)

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={
            "number": _("以前の予約の番号"),
            "room_name": _("以前の予約の使用室場"),
            "day": _("以前の予約の使用年月日"),
            "purpose_name": _("以前の予約の目的"),
            "event_name": _("以前の予約の行事名"),
            "headcount": _("以前の予約の使用人数"),
            "state": _("以前の予約の状態"),
            "fee": _("以前の予約の使用料"),
            "paid": _("以前の予約の納付額"),
        },
        plain=plain("source_key starts_at ends_at slot_label settled_on settled_by"),
    )

    class Meta:
        ordering = ["-day", "-starts_at", "id"]
        indexes = [
            models.Index(fields=["registrant", "day"], name="past_by_registrant"),
            models.Index(fields=["day", "room"], name="past_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at=None, ends_at=None) | Q(starts_at__lt=F("ends_at")),
                name="a_past_use_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def owed(self) -> int:
        """What was never paid, in yen; 0 where that is not known."""
        if self.state != PastState.PERMITTED or self.paid is None or self.settled_on:
            return 0
        return max(0, (self.fee or 0) - self.paid)
