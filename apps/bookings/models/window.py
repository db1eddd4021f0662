"""When the portal receives applications (受付期間)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.bookings.models.room import Facility, Room


class Whose(models.TextChoices):
    """Whose applications (受付の対象)."""

    RESIDENT = "resident", _("市内の方")
    OTHER = "other", _("市外の方")


class EdgeKind(models.TextChoices):
    """How the day of an opening or a closing is told."""

    SAME_DAY = "same_day", _("利用日の何か月前の同じ日（さらに何日前）")
    DAYS = "days", _("利用日の何日前")
    MONTH_DAY = "month_day", _("利用する月の何か月前の何日")


class EdgeShift(models.TextChoices):
    """What becomes of a day on which house or offices are closed."""

    NONE = "none", _("そのまま")
    NEXT_OPEN = "next_open", _("次の開館日")
    NEXT_OFFICE = "next_office", _("次の開庁日")


def _kind() -> Any:
    return models.CharField(max_length=10, choices=EdgeKind)


def _shift() -> Any:
    return models.CharField(max_length=12, choices=EdgeShift, default=EdgeShift.NONE)


def _number() -> Any:
    return models.PositiveSmallIntegerField(default=0)


class Window(models.Model):
    """When applications of some people for days of use from ``valid_from`` on are received (受付期間).

    Of all rooms of the facility, or of one. The newest that has begun holds; of one first day, the room's own. Windows
    with one first day belong together: whoever has none among them is not received on the portal (市内のみ).
    """

    facility = models.ForeignKey(Facility, on_delete=models.CASCADE, related_name="windows")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.CASCADE, related_name="windows")
    valid_from = models.DateField()
    who = models.CharField(max_length=8, choices=Whose)
    opens_kind = _kind()
    opens_months = _number()
    opens_days = _number()
    opens_at = models.TimeField()
    opens_shift = _shift()
    closes_kind = _kind()
    closes_months = _number()
    closes_days = _number()
    closes_at = models.TimeField()
    closes_shift = _shift()

    class Meta:
        ordering = ["facility", "-valid_from", "room", "-who"]
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "room", "valid_from", "who"],
                nulls_distinct=False,
                name="one_window_a_first_day_and_group",
            ),
            models.CheckConstraint(
                condition=(~Q(opens_kind="month_day") | Q(opens_days__range=(1, 31)))
                & (~Q(closes_kind="month_day") | Q(closes_days__range=(1, 31))),
                name="a_day_of_the_month_is_one",
            ),
            models.CheckConstraint(
                condition=Q(opens_months__lte=36, closes_months__lte=36, opens_days__lte=400, closes_days__lte=400),
                name="a_window_is_not_years_away",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.facility_id} {self.valid_from} {self.who}"
