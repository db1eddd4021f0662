"""The terms of a facility (予約の定め): every number of a booking's life, dated from when it holds."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Final, get_args, get_origin, get_type_hints
from uuid import UUID

from apps.bookings.life_errors import TermsValueError
from apps.bookings.rules.ceilings import Ceilings
from apps.bookings.rules.deadlines import CITIZENS_CAUSE, FACILITYS_CAUSE, Cause, Deadline, RefundStep
from apps.bookings.rules.fees.due import KINDS as DUE_KINDS
from apps.bookings.rules.fees.due import DueTerms
from apps.bookings.rules.limits import Limit
from apps.bookings.rules.penalties import Exempt, PointRule, Threshold
from kernel.clock import TOKYO
from kernel.yen import Rounding

CAUSES: Final = (
    Cause("own", "利用者の都合", "The user's own reasons"),
    Cause("weather", "天候・災害", "Weather or disaster", percent=100),
    Cause("blameless", "利用者の責めによらない事由", "Reasons beyond the user's control", percent=100),
    Cause("unpaid", "使用料が納付されないため", "Fee not paid", percent=0),
    Cause("city", "公用・施設の都合", "The facility's own reasons", whose=FACILITYS_CAUSE, percent=100),
)


@dataclass(frozen=True, slots=True)
class Tentative:
    """仮予約: the formal application is due so many days after the application, and before the use."""

    days: int = 7
    before_use: int = 1
    remind: int = 2
    """Reminded so many days before it expires; 0: not at all."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """空き待ち: whoever is first in line gets a hold of so many hours, then the next one; 0 places: no lists."""

    places: int = 5
    hours: int = 24


@dataclass(frozen=True, slots=True)
class RefundTerms:
    """還付: what becomes of fractions, and the provision that says that a paid fee goes back in some cases only."""

    rounding: str = Rounding.TEN_DOWN.value
    article: str = ""


@dataclass(frozen=True, slots=True)
class Reminding:
    """利用日のお知らせ: whoever has chosen nothing is written to so many days before the use; 0: not at all."""

    days: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """All of them. The defaults hold where a facility has set nothing."""

    tentative: Tentative = field(default_factory=Tentative)
    ceilings: Ceilings = field(default_factory=Ceilings)
    limits: tuple[Limit, ...] = ()
    cancel_portal: Deadline = field(default_factory=Deadline)
    cancel_permitted: Deadline = field(default_factory=Deadline)
    """On the portal, once it is permitted (本予約は窓口のみ: never)."""
    cancel_counter: Deadline = field(default_factory=lambda: Deadline(kind="start"))
    change_portal: Deadline = field(default_factory=Deadline)
    """Before the permit; afterwards a change is asked for (変更申請) until the same deadline."""
    causes: tuple[Cause, ...] = CAUSES
    refunds: tuple[RefundStep, ...] = ()
    refund: RefundTerms = field(default_factory=RefundTerms)
    payment: DueTerms = field(default_factory=DueTerms)
    points: tuple[PointRule, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    exempt: tuple[Exempt, ...] = ()
    waiting: Waiting = field(default_factory=Waiting)
    reminding: Reminding = field(default_factory=Reminding)


DEFAULT: Final = Terms()
BOUNDS: Final[Mapping[str, tuple[int, int]]] = {
    "tentative.days": (1, 90),
    "tentative.before_use": (0, 90),
    "tentative.remind": (0, 30),
    "ceilings.holds": (0, 100),
    "ceilings.pending": (0, 1000),
    "ceilings.unpaid": (0, 1000),
    "ceilings.ahead": (0, 1000),
    "ceilings.slots": (0, 50),
    "ceilings.people": (0, 10_000),
    "payment.days": (0, 365),
    "payment.day": (1, 31),
    "payment.remind": (0, 60),
    "waiting.places": (0, 100),
    "waiting.hours": (1, 168),
    "reminding.days": (0, 7),
}


def check_terms(terms: Terms) -> None:
    """Raise ``TermsValueError`` for a number out of its bounds; its ``field`` is the path, with ``__`` for the dot."""
    for path in BOUNDS:
        if not _is_within_bounds(terms, path):
            raise TermsValueError(field=path.replace(".", "__"))
    for name, holds in CHECKS:
        if not holds(terms):
            raise TermsValueError(field=name)


def _is_within_bounds(terms: Terms, path: str) -> bool:
    group, name = path.split(".")
    least, most = BOUNDS[path]
    return bool(least <= getattr(getattr(terms, group), name) <= most)


def _limits_are_some(terms: Terms) -> bool:
    return all(1 <= one.most <= 1000 for one in terms.limits)


def _shares_are_percents(terms: Terms) -> bool:
    shares = [cause.percent for cause in terms.causes] + [step.percent for step in terms.refunds]
    return all(share is None or 0 <= share <= 100 for share in shares)


def _spans_do_not_end_before_they_begin(terms: Terms) -> bool:
    return all(one.first <= one.last for one in terms.exempt)


def _both_sides_have_a_cause(terms: Terms) -> bool:
    return {CITIZENS_CAUSE, FACILITYS_CAUSE} <= {one.whose for one in terms.causes}


def _each_cause_has_its_own_code(terms: Terms) -> bool:
    return len({one.code for one in terms.causes}) == len(terms.causes)


def _the_due_kind_is_one(terms: Terms) -> bool:
    return terms.payment.kind in DUE_KINDS


def _the_rounding_is_one(terms: Terms) -> bool:
    return terms.refund.rounding in list(Rounding)


CHECKS: Final[tuple[tuple[str, Callable[[Terms], bool]], ...]] = (
    ("limits", _limits_are_some),
    ("causes", _shares_are_percents),
    ("payment__kind", _the_due_kind_is_one),
    ("refund__rounding", _the_rounding_is_one),
    ("exempt", _spans_do_not_end_before_they_begin),
    ("causes", _both_sides_have_a_cause),
    ("causes", _each_cause_has_its_own_code),
)
"""What lists of terms must be, and the field that is told where they are not."""


def due_at(tentative: Tentative, day: dt.date, starts_at: dt.datetime, now: dt.datetime) -> dt.datetime:
    """本申請期限 of a 仮予約 applied for now: the end of the last day, at the latest the start of the use."""
    today = now.astimezone(TOKYO).date()
    last = min(today + dt.timedelta(days=tentative.days), day - dt.timedelta(days=tentative.before_use))
    return min(dt.datetime.combine(max(last, today) + dt.timedelta(days=1), dt.time(), TOKYO), starts_at)


def as_json(terms: Terms) -> dict[str, Any]:
    """The terms as plain values, for the database."""
    return {key: _plain(value) for key, value in asdict(terms).items()}


def from_json(content: Mapping[str, Any] | None) -> Terms:
    """The terms of plain values; what they lack is as in ``DEFAULT``, what they know beyond is left out."""
    return _built(Terms, content) if content else DEFAULT


@lru_cache(maxsize=256)
def terms_from(text: str | None) -> Terms:
    """The terms of their JSON's text, which is parsed once; ``DEFAULT`` of none."""
    return from_json(json.loads(text)) if text else DEFAULT


def differences(before: Terms, after: Terms) -> Iterator[tuple[str, Any, Any]]:
    """Path, old and new value of whatever differs: groups field by field, lists whole."""
    for one in fields(Terms):
        old, new = getattr(before, one.name), getattr(after, one.name)
        if old == new:
            continue
        if not is_dataclass(old):
            yield one.name, old, new
            continue
        for inner in fields(old):
            was, now = getattr(old, inner.name), getattr(new, inner.name)
            if was != now:
                yield f"{one.name}.{inner.name}", was, now


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return str(value) if isinstance(value, UUID | Decimal | dt.date) else value


def _built(kind: Any, content: Any) -> Any:
    if content is None:
        return None
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind.__name__)
        known = {name: _built(hints[name], content[name]) for name in hints if name in content}
        return kind(**known)
    if get_origin(kind) is tuple:
        return tuple(_built(get_args(kind)[0], one) for one in content)
    return _value(kind, content)


def _value(kind: Any, content: Any) -> Any:
    if kind in {dt.date, dt.time}:
        return kind.fromisoformat(content)
    return kind(content) if kind in {UUID, Decimal} else content


@cache
def _hints(name: str) -> dict[str, Any]:
    return get_type_hints(globals()[name])
