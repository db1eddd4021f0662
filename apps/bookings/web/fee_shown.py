"""A fee as pages show it: its lines in words, the columns, and what it would be with the reduction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from apps.bookings.fee_texts import COLUMN_TEXTS, LINE_TEXTS
from apps.bookings.models import ReductionRequest
from apps.bookings.queries.fees import Fee, InForce, fee_of, fee_word, fees_of, reduction_of
from apps.bookings.queries.residency import home_of
from apps.bookings.rules.fees.lines import Column, Line, column_sum
from apps.bookings.rules.fees.wording import decimal, ratio_word
from apps.bookings.rules.listing import Offer
from apps.bookings.rules.residency import Home, lives_outside
from apps.bookings.services.fees.charging import NO_WISH, FeeWish
from apps.bookings.services.fees.pricing import Wanted, price_by
from apps.bookings.web.fee_fields import add_fee_fields, use_in
from kernel import clock
from kernel.errors import DomainError

AnyForm = TypeVar("AnyForm", bound=forms.Form)


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line: what it is for, the article, the amount in yen."""

    text: str
    article: str
    amount: int


@dataclass(frozen=True, slots=True)
class ShownFee:
    """A fee: ``word`` is 使用料 or 利用料金, ``reduced`` what is to be paid if the reduction is granted."""

    word: str
    lines: tuple[ShownLine, ...]
    columns: tuple[tuple[str, int], ...]
    total: int
    tax: int
    tax_percent: str
    reduced: int | None = None


@dataclass(frozen=True, slots=True)
class FeeOfBooking:
    """A booking's fee as it stands, and the reduction that was asked for."""

    shown: ShownFee | None
    reduction: ReductionRequest | None
    fee: Fee | None = None


def quote(
    in_force: InForce | None, wanted: Wanted, offer: Offer, wish: FeeWish, *, home: Home | None = None
) -> ShownFee | None:
    """What a use would cost; None without tables, or where they have no price.

    One statement, and one for the registrant's ``home`` where it is not given.
    """
    if in_force is None or not wanted.numbers:
        return None
    facts = replace(wish.facts, outside=lives_outside(home or home_of(wanted.registrant), offer.city))
    try:
        priced = price_by(in_force, wanted, offer, facts)
        less = price_by(in_force, wanted, offer, replace(facts, reduction=wish.reduction)) if wish.reduction else None
    except DomainError:
        return None
    if priced is None:
        return None
    fee = priced.fee
    word = fee_word(clock.today())
    reduced = less.fee.total if less else None
    return _shown(word, fee.lines, total=fee.total, tax=fee.tax, rate=fee.tax_rate, reduced=reduced)


def fee_of_booking(booking: UUID) -> FeeOfBooking:
    """The fee that a page of a booking shows; at most four statements."""
    fee = fee_of(booking)
    return FeeOfBooking(shown_fee(fee), reduction_of(booking), fee) if fee else FeeOfBooking(None, None)


def shown_fee(fee: Fee) -> ShownFee:
    """A stored fee in words; one statement."""
    return _of(fee, fee_word(clock.today()))


def _of(fee: Fee, word: str) -> ShownFee:
    sheet = fee.sheet
    return _shown(word, fee.lines, total=sheet.total, tax=sheet.tax, rate=Fraction(sheet.tax_rate))


def line_text(line: Line) -> str:
    """A line in words: 市外　2倍."""
    return str(LINE_TEXTS[line.key]).format(label=line.label, detail=line.detail, ratio=ratio_word(line))


def _shown(
    word: str, lines: Sequence[Line], *, total: int, tax: int, rate: Fraction, reduced: int | None = None
) -> ShownFee:
    kept = tuple(lines)
    return ShownFee(
        word={"使用料": _("使用料"), "利用料金": _("利用料金")}[word],
        lines=tuple(ShownLine(line_text(line), line.article, line.amount) for line in kept),
        columns=tuple((str(COLUMN_TEXTS[column]), column_sum(kept, column)) for column in Column),
        total=total,
        tax=tax,
        tax_percent=decimal(rate * 100),
        reduced=reduced,
    )


@dataclass(frozen=True, slots=True)
class FeeAtCounter:
    """The fee of a counter booking while it is filled in."""

    in_force: InForce | None
    offer: Offer
    day: dt.date
    registrant: UUID

    def asked(self, form: AnyForm) -> AnyForm:
        """The form with the questions that change the fee."""
        add_fee_fields(form, self.in_force, use_in(self.offer, self.day))
        return form

    def quoted(self, slots: Sequence[int], wish: FeeWish = NO_WISH) -> ShownFee | None:
        """What those slots would cost."""
        return quote(self.in_force, Wanted(self.registrant, self.day, tuple(slots)), self.offer, wish)


@dataclass(frozen=True, slots=True)
class PastFee:
    """A fee of a booking's history: why and when it was computed, and how."""

    cause: str
    at: dt.datetime
    fee: ShownFee


def shown_fees(booking: UUID) -> list[PastFee]:
    """All fees of a booking in words, the newest first; three statements."""
    fees = fees_of(booking)
    word = fee_word(clock.today()) if fees else ""
    return [PastFee(str(fee.sheet.get_cause_display()), fee.sheet.made_at, _of(fee, word)) for fee in fees]
