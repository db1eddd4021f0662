"""A public use as its pages show it: periods in words, each hit with its proposals, the record as a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from apps.bookings.models import Became, BookingState, Consent, Displacement, DisplacementHit, Fate
from apps.bookings.rules.displacing import OTHER_ROOM, Proposal, proposal_from
from apps.bookings.rules.listing import Offer
from apps.bookings.templatetags.bookings import in_language
from kernel.clock import TOKYO
from shared.frame.templatetags.frame import clock as hour
from shared.frame.templatetags.frame import wareki
from shared.publicuse.models import Occasion
from shared.sheets import Cell


@dataclass(frozen=True, slots=True)
class Option:
    """One way for a booking to go: what the form sends, and how it reads."""

    value: str
    text: str
    checked: bool


@dataclass(frozen=True, slots=True)
class HitShown:
    """A hit with its ways to go."""

    hit: DisplacementHit
    day: dt.date
    starts: dt.datetime
    ends: dt.datetime
    room: str
    state: str
    rooms: tuple[Option, ...]
    times: tuple[Option, ...]
    others: tuple[Option, ...]
    target: str

    @property
    def is_open(self) -> bool:
        """Whether nothing is chosen yet."""
        return not self.hit.choice


def hit_shown(hit: DisplacementHit, offers: Mapping[UUID, Offer]) -> HitShown:
    """One hit; a room that is listed no more is left out."""
    was = hit.was
    options = [
        (one.kind, Option(f"move:{number}", place_text(one, offers), _is_target(hit, one)))
        for number, one in enumerate(proposal_from(row) for row in hit.proposals)
        if one.room in offers
    ]
    return HitShown(
        hit=hit,
        day=dt.date.fromisoformat(was["day"]),
        starts=dt.datetime.fromisoformat(was["starts"]),
        ends=dt.datetime.fromisoformat(was["ends"]),
        room=in_language(was["room"], was["room_en"]),
        state=was["state"],
        rooms=tuple(one for kind, one in options if kind == OTHER_ROOM),
        times=tuple(one for kind, one in options if kind != OTHER_ROOM),
        others=tuple(Option(fate.value, str(fate.label), hit.choice == fate) for fate in (Fate.CANCEL, Fate.KEEP)),
        target=_target_text(hit),
    )


def place_text(one: Proposal, offers: Mapping[UUID, Offer]) -> str:
    """第2会議室（定員40人） 9:00〜12:00, with the day where it is another one, and the facility where it is another."""
    offer = offers[one.room]
    name = in_language(offer.name, offer.name_en)
    hours = span_text(one.starts_at, one.ends_at)
    if one.kind != OTHER_ROOM:
        return f"{wareki(one.day)} {hours}"
    size = _("定員{capacity}人").format(capacity=offer.capacity)
    return f"{in_language(offer.facility_name, offer.facility_name_en)} {name}（{size}） {hours}"


def span_text(starts: dt.datetime, ends: dt.datetime) -> str:
    """9:00〜12:00; midnight at the end is 24:00."""
    local = ends.astimezone(TOKYO)
    return f"{hour(starts.astimezone(TOKYO))}〜{'24:00' if local.time() == dt.time() else hour(local)}"


def period_text(starts: dt.datetime, ends: dt.datetime) -> str:
    """A period in words: whole days without hours, else with them."""
    first, last = starts.astimezone(TOKYO), ends.astimezone(TOKYO)
    through = last - dt.timedelta(microseconds=1)
    if first.time() == last.time() == dt.time():
        days = wareki(first.date()) if first.date() == through.date() else None
        return days or f"{wareki(first.date())}〜{wareki(through.date())}"
    if first.date() == through.date():
        return f"{wareki(first.date())} {span_text(first, last)}"
    return f"{wareki(first.date())} {hour(first)}〜{wareki(last.date())} {hour(last)}"


def periods_of(row: Any) -> list[str]:
    """The periods of a displacement or an order, in words."""
    return [period_text(one.lower, one.upper) for one in row.spans]


def occasion_text(row: Any) -> str:
    """投票所　市議会議員選挙: the kind, and what was said of it."""
    return "　".join(filter(None, [str(Occasion(row.occasion).label), row.detail]))


def record_rows(found: Displacement, hits: Iterable[DisplacementHit], rooms: str) -> list[list[Cell]]:
    """The record as a table, without a name or a receipt number: it stays when the persons are erased."""
    head: list[Cell] = [
        _("番号"), _("室場"), _("利用日"), _("時間"), _("状態"), _("人数"), _("措置"), _("変更後の室場"),
        _("変更後の利用日"), _("承諾の方法"), _("承諾の日時"), _("候補の数"), _("納付額"), _("還付額"),
        _("お知らせの日時"), _("通知書"),
    ]  # fmt: skip
    told: list[list[Cell]] = [
        [_("公用の内容"), occasion_text(found)],
        [_("根拠となる規定"), found.article],
        [_("理由"), found.reason],
        [_("室場"), rooms],
        [_("期間"), "、".join(periods_of(found))],
        [_("状態"), str(found.get_state_display())],
        [_("実施の日時"), _moment(found.carried_at)],
        [_("終了の日時"), _moment(found.ended_at)],
        [_("終了の理由"), found.end_reason],
    ]
    return [head, *(_record_row(number, hit) for number, hit in enumerate(hits, 1)), [], *told]


def _record_row(number: int, hit: DisplacementHit) -> list[Cell]:
    was = hit.was
    starts, ends = (dt.datetime.fromisoformat(was[end]) for end in ("starts", "ends"))
    became = Became(hit.became).label if hit.became else Fate(hit.choice).label if hit.choice else ""
    target = hit.target_room
    return [
        number,
        in_language(was["room"], was["room_en"]),
        was["day"],
        span_text(starts, ends),
        str(BookingState(was["state"]).label),
        was["headcount"],
        str(became),
        in_language(target.name, target.name_en) if target else "",
        hit.target_day.isoformat() if hit.target_day else "",
        str(Consent(hit.consent).label) if hit.consent else "",
        _moment(hit.consent_at),
        len(hit.proposals),
        hit.paid,
        hit.refund,
        _moment(hit.told_at),
        f"{hit.fiscal_year}-{hit.serial}" if hit.serial else "",
    ]


def _moment(instant: dt.datetime | None) -> str:
    return f"{instant.astimezone(TOKYO):%Y-%m-%d %H:%M}" if instant else ""


def _is_target(hit: DisplacementHit, one: Proposal) -> bool:
    target = (hit.target_room_id, hit.target_day, tuple(hit.target_slots))
    return hit.choice == Fate.MOVE and target == (one.room, one.day, one.slots)


def _target_text(hit: DisplacementHit) -> str:
    if hit.target_room is None or hit.target_day is None:
        return ""
    return f"{wareki(hit.target_day)} {in_language(hit.target_room.name, hit.target_room.name_en)}"
