"""What a facility says of itself, when its portal receives, and which months it has opened; dated, each of them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.bookings.models.room import Facility, Room


class PortalHoursKind(models.TextChoices):
    """インターネット受付時間帯."""

    ALWAYS = "always", _("制限しない")
    CLOSED = "closed", _("制限する")
    SHOWN = "shown", _("制限する（空き表示あり）")


class PortalHours(models.Model):
    """At what hours of the day the portal receives applications, from a day on (予約受付の時間)."""

    facility = models.ForeignKey(Facility, on_delete=models.CASCADE, related_name="portal_hours")
    valid_from = models.DateField()
    kind = models.CharField(max_length=8, choices=PortalHoursKind, default=PortalHoursKind.ALWAYS)
    opens = models.TimeField()
    closes = models.TimeField()
    """0:00 is midnight after the day; an end before the beginning is on the next day."""
    shows_outside = models.BooleanField(default=False)
    """期間外でも空き状況を見せる: what is free is shown outside the window, too."""

    class Meta:
        ordering = ["facility", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["facility", "valid_from"], name="one_portal_hours_a_first_day"),
            models.CheckConstraint(condition=~Q(opens=F("closes")), name="the_portal_opens_before_it_closes"),
        ]

    def __str__(self) -> str:
        return f"{self.facility_id} {self.valid_from}"


class MonthKind(models.TextChoices):
    """公開月の区分."""

    BOOKABLE = "bookable", _("予約できる")
    SHOWN = "shown", _("空き状況だけを見せる")
    HIDDEN = "hidden", _("見せない")


class OpenMonth(models.Model):
    """From which month of use on the portal takes bookings, only shows vacancies, or shows nothing (公開月).

    The newest that has begun holds for a month; of the same month, a room's own before the facility's.
    """

    facility = models.ForeignKey(Facility, on_delete=models.CASCADE, related_name="open_months")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.CASCADE, related_name="open_months")
    since = models.DateField()
    """The first day of the month."""
    kind = models.CharField(max_length=8, choices=MonthKind)

    class Meta:
        ordering = ["facility", "-since", "room"]
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "room", "since"], name="one_openness_a_month", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(since__day=1), name="a_month_begins_on_its_first"),
        ]

    def __str__(self) -> str:
        return f"{self.since} {self.kind}"


class House(models.Model):
    """What a facility says of itself on the portal, from a day on; name and address are the city's catalogue's."""

    facility = models.ForeignKey(Facility, on_delete=models.CASCADE, related_name="houses")
    valid_from = models.DateField()
    opening = models.JSONField(default=list)
    """開館時間, from Monday on: 「9:00〜21:00」, empty where it is closed."""
    desk = models.JSONField(default=list)
    """窓口の受付時間, likewise."""
    call = models.CharField(max_length=40, blank=True)
    """For bookings, where that is another than the catalogue's."""
    access = models.TextField(blank=True)
    """交通案内."""
    access_en = models.TextField(blank=True)
    note = models.TextField(blank=True)
    note_en = models.TextField(blank=True)

    class Meta:
        ordering = ["facility", "valid_from"]
        constraints = [models.UniqueConstraint(fields=["facility", "valid_from"], name="one_house_a_first_day")]

    def __str__(self) -> str:
        return f"{self.facility_id} {self.valid_from}"
