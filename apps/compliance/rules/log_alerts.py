"""What in the audit deserves a question (注意の知らせ): pure rules over entries and counts. Domain handbook 8.3."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

HOUR: Final = dt.timedelta(hours=1)
AT_ONCE: Final = dt.timedelta(minutes=10)
"""Between two places, whoever goes from one to the other and back is at both."""


class AlertKind(StrEnum):
    """Why an alert was raised."""

    MASS_VIEW = "mass_view"
    MASS_LIST = "mass_list"
    NIGHT = "night"
    REFUSED = "refused"
    WITHOUT_WORK = "without_work"
    NEW_TERMINAL = "new_terminal"
    TWO_PLACES = "two_places"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a facility may do before somebody asks; ``night_from`` to ``night_until`` lies outside its hours."""

    persons_an_hour: int = 60
    listed_an_hour: int = 600
    night_from: dt.time = dt.time(22)
    night_until: dt.time = dt.time(7)
    refused_a_day: int = 10
    without_work_a_day: int = 30


@dataclass(frozen=True, slots=True)
class Act:
    """One entry, as far as these rules look at it. ``place`` is the terminal, else the address; ``at`` is local."""

    at: dt.datetime
    actor: UUID | None
    action: str
    persons: tuple[UUID, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Raised:
    """An alert. ``key`` is the same whenever the same thing is found again."""

    kind: AlertKind
    key: str
    actor: UUID | None
    first_at: dt.datetime
    last_at: dt.datetime
    count: int
    limit: int


SEEN: Final = frozenset({"view", "search", "print", "export"})
WORKED: Final = frozenset({"create", "change", "delete", "print"})


def all_alerts(
    acts: Sequence[Act], limits: Limits, *, booked: Mapping[dt.date, Collection[UUID]], known: Mapping[UUID, set[str]]
) -> list[Raised]:
    """What the ``acts`` of some days, in order, raise.

    ``booked``: who had a booking on a day; ``known``: from where each account had signed in before these days.
    """
    return [
        *mass_views(acts, limits),
        *night_use(acts, limits),
        *refusals(acts, limits),
        *without_work(acts, limits, booked),
        *new_terminals(acts, known),
        *two_places(acts),
    ]


def mass_views(acts: Iterable[Act], limits: Limits) -> Iterator[Raised]:
    """More different persons within any hour than the limit: opened one by one, or shown in lists."""
    shown = [act for act in acts if act.action in SEEN and act.actor and act.persons]
    opened = [act for act in shown if len(act.persons) == 1]
    yield from _within_an_hour(opened, AlertKind.MASS_VIEW, limits.persons_an_hour)
    yield from _within_an_hour(shown, AlertKind.MASS_LIST, limits.listed_an_hour)


def _within_an_hour(acts: Iterable[Act], kind: AlertKind, limit: int) -> Iterator[Raised]:
    """At most one alert for an actor and the clock's hour in which the limit was passed."""
    for actor, theirs in _by_actor(acts).items():
        window: deque[Act] = deque()
        counts: Counter[UUID] = Counter()
        found: dict[str, Raised] = {}
        for act in theirs:
            window.append(act)
            counts.update(act.persons)
            while act.at - window[0].at >= HOUR:
                counts.subtract(window.popleft().persons)
            seen = sum(1 for times in counts.values() if times > 0)
            key = f"{actor}:{act.at:%Y%m%d%H}"
            before = found.get(key)
            if seen > limit and (before is None or seen > before.count):
                first = before.first_at if before else window[0].at
                found[key] = Raised(kind, key, actor, first, act.at, seen, limit)
        yield from found.values()


def night_use(acts: Iterable[Act], limits: Limits) -> Iterator[Raised]:
    """Any act of an account at night: one alert an account and night, which bears the date of its evening."""
    nightly = [act for act in acts if act.actor and is_night(act.at.time(), limits)]

    def evening(act: Act) -> dt.date:
        return (act.at - dt.timedelta(days=1 if act.at.time() < limits.night_until else 0)).date()

    yield from _each(nightly, AlertKind.NIGHT, evening, over=0)


def is_night(at: dt.time, limits: Limits) -> bool:
    """Whether ``at`` lies from ``night_from`` to before ``night_until``; equal times mean that there is no night."""
    begin, end = limits.night_from, limits.night_until
    return begin <= at < end if begin <= end else at >= begin or at < end


def refusals(acts: Iterable[Act], limits: Limits) -> Iterator[Raised]:
    """More refused attempts and wrong passwords of an account in a day than the limit."""
    refused = [act for act in acts if act.action in {"denied", "login_failed"} and act.actor]
    yield from _each(refused, AlertKind.REFUSED, lambda act: act.at.date(), over=limits.refused_a_day)


def without_work(acts: Sequence[Act], limits: Limits, booked: Mapping[dt.date, Collection[UUID]]) -> Iterator[Raised]:
    """An account that opened more persons in a day than the limit of whom nobody did anything, nor had they a booking.

    Whether somebody is a relative or a neighbour of the clerk, no system knows.
    """
    worked: dict[dt.date, set[UUID]] = defaultdict(set)
    for act in acts:
        if act.action in WORKED:
            worked[act.at.date()].update(act.persons)
    idle: dict[tuple[UUID, dt.date], dict[UUID, dt.datetime]] = defaultdict(dict)
    for act in acts:
        day = act.at.date()
        if act.actor is None or act.action != "view" or len(act.persons) != 1:
            continue
        [person] = act.persons
        if person not in worked[day] and person not in booked.get(day, ()):
            idle[act.actor, day].setdefault(person, act.at)
    for (actor, day), persons in idle.items():
        if len(persons) > limits.without_work_a_day:
            times = sorted(persons.values())
            key = f"{actor}:{day:%Y%m%d}"
            yield Raised(
                AlertKind.WITHOUT_WORK, key, actor, times[0], times[-1], len(persons), limits.without_work_a_day
            )


def new_terminals(acts: Iterable[Act], known: Mapping[UUID, set[str]]) -> Iterator[Raised]:
    """A sign-in from where this account never signed in before; its very first sign-in raises nothing."""
    places = {actor: set(theirs) for actor, theirs in known.items()}
    for act in acts:
        if act.action != "login" or act.actor is None or not act.place:
            continue
        before = places.setdefault(act.actor, set())
        if before and act.place not in before:
            yield Raised(
                AlertKind.NEW_TERMINAL, f"{act.actor}:{act.place}", act.actor, act.at, act.at, len(before) + 1, 0
            )
        before.add(act.place)


def two_places(acts: Iterable[Act]) -> Iterator[Raised]:
    """An account at work at one place, at another, and at the first again within minutes; one alert a day."""
    for actor, theirs in _by_actor(act for act in acts if act.place).items():
        days: dict[dt.date, list[Act]] = {}
        for before, between, after in zip(theirs, theirs[1:], theirs[2:], strict=False):
            is_back = before.place == after.place != between.place
            if is_back and after.at - before.at <= AT_ONCE:
                days.setdefault(after.at.date(), []).extend([before, after])
        for day, found in days.items():
            key = f"{actor}:{day:%Y%m%d}"
            yield Raised(AlertKind.TWO_PLACES, key, actor, found[0].at, found[-1].at, len(found) // 2, 0)


def _each(acts: Iterable[Act], kind: AlertKind, day_of: Callable[[Act], dt.date], *, over: int) -> Iterator[Raised]:
    days: dict[tuple[UUID | None, dt.date], list[Act]] = defaultdict(list)
    for act in acts:
        days[act.actor, day_of(act)].append(act)
    for (actor, day), found in days.items():
        if len(found) > over:
            key = f"{actor}:{day:%Y%m%d}"
            yield Raised(kind, key, actor, found[0].at, found[-1].at, len(found), over)


def _by_actor(acts: Iterable[Act]) -> dict[UUID, list[Act]]:
    found: dict[UUID, list[Act]] = defaultdict(list)
    for act in acts:
        if act.actor is not None:
            found[act.actor].append(act)
    return found
