"""Equipment of the demonstration, which bookings take some along, and what the portal is told; all invented."""

from __future__ import annotations

import datetime as dt
from typing import Final

from apps.bookings.models import (
    Equipment,
    EquipmentStock,
    Facility,
    House,
    MonthKind,
    OpenMonth,
    PortalHours,
    PortalHoursKind,
    Room,
)
from apps.bookings.rules.fees.use import EquipmentUse, Facts
from apps.bookings.services.fees.charging import NO_WISH, FeeWish
from config.demo_city.stories import Story
from kernel import clock
from kernel.businessdays import months_after

ITEMS: Final = (
    ("sound", "音響設備一式", "Sound system", "式", 2),
    ("projector", "プロジェクター", "Projector", "台", 4),
    ("microphone", "ワイヤレスマイク", "Wireless microphone", "本", 8),
    ("piano", "ピアノ", "Piano", "台", 1),
)
EVERY: Final = 7
"""One booking of so many takes something along."""
HOURS: Final = ["9:00〜21:00"] * 6 + ["9:00〜17:00"]
COUNTER: Final = ["8:30〜17:15"] * 5 + ["9:00〜17:00"] * 2


def equip(facility: Facility, begins: dt.date) -> None:
    """The facility's equipment, more of it from the next fiscal year on; the safe is not for citizens to choose."""
    since = begins.replace(year=begins.year - 1)
    kinds = [
        Equipment(
            facility=facility,
            code=code,
            name=name,
            name_en=name_en,
            unit=unit,
            place="事務室",
            valid_from=since,
            minutes_after=10,
            deadline_days=3 if code == "piano" else None,
            position=position,
        )
        for position, (code, name, name_en, unit, _count) in enumerate(ITEMS)
    ]
    safe = Equipment(facility=facility, code="safe", name="手提げ金庫", name_en="Cash box", valid_from=since)
    safe.is_public = False
    Equipment.objects.bulk_create([*kinds, safe])
    counts = [*((kind, item[4]) for kind, item in zip(kinds, ITEMS, strict=True)), (safe, 1)]
    EquipmentStock.objects.bulk_create(
        EquipmentStock(equipment=kind, valid_from=day, quantity=count + more)
        for kind, count in counts
        for day, more in ((since, 0), (begins, 2))
    )


def tell_portal(facility: Facility, begins: dt.date) -> None:
    """Hours of reception from the next fiscal year on, months far ahead that are not open, and the house's words."""
    hours = {"kind": PortalHoursKind.SHOWN, "opens": dt.time(5), "closes": dt.time(0)}
    PortalHours.objects.create(facility=facility, valid_from=begins, **hours)
    far = months_after(clock.today().replace(day=1), 13)
    OpenMonth.objects.create(facility=facility, since=far, kind=MonthKind.HIDDEN)
    House.objects.create(
        facility=facility,
        valid_from=begins.replace(year=begins.year - 1),
        opening=list(HOURS),
        desk=list(COUNTER),
        access="架空駅から歩いて10分。駐車場があります。",
        access_en="Ten minutes on foot from Kaku station. There is a car park.",
    )
    first = Room.objects.filter(facility=facility).order_by("position", "name").first()
    if first is not None:
        words = {"description": "明るく使いやすい室場です。", "description_en": "A bright room.", "area": "60.00"}
        Room.objects.filter(pk=first.pk).update(**words)


def taken_along(story: Story) -> FeeWish:
    """What a booking takes along: most of them nothing."""
    number = story.visit.number
    if (number + story.day.day) % EVERY:
        return NO_WISH
    code = ("projector", "microphone", "sound")[number % 3]
    return FeeWish(Facts(equipment=(EquipmentUse(code, 1 + (code == "microphone")),)))
