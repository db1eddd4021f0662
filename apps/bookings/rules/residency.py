"""Whether a registrant counts as of the city (市内) for windows: who lives, works or studies there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from apps.bookings.rules.listing import Offer
from apps.bookings.rules.window import Who, depends_on_who
from apps.registrants.rules.eligibility import Person, is_resident

OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Home:
    """What is known of it: 居住区分 where the tenant collects it, else empty, and the address."""

    residence: str
    address: str


def who_of(home: Home, city: str) -> Who:
    """居住区分 decides where it is collected (在住・在勤・在学 are 市内), else the address."""
    if home.residence:
        return Who.OTHER if home.residence == OUTSIDE else Who.RESIDENT
    return Who.RESIDENT if is_resident(Person(None, home.address), city) else Who.OTHER


def who_books(home: Home, offer: Offer, day: dt.date) -> Who:
    """Whose window an application for ``day`` falls under; whoever asks, where the room's is the same for all."""
    return who_of(home, offer.city) if depends_on_who(offer, day) else Who.RESIDENT


def lives_outside(home: Home, city: str) -> bool:
    """Whether a fee is that of people from outside (市外): who works or studies here lives outside all the same."""
    return bool(city) and not is_resident(Person(None, home.address, home.residence), city)


def best_of(homes: Iterable[Home], city: str) -> Who:
    """Resident if one of somebody's registrations is; whoever has none is shown what residents see."""
    found = {who_of(home, city) for home in homes}
    return Who.OTHER if found == {Who.OTHER} else Who.RESIDENT
