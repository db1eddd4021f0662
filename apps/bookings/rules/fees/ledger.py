"""What was paid, what goes back, and how a booking's money stands (収納状態・還付額). Domain handbook 4.8."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from kernel.yen import Rounding, round_yen


class PaymentState(StrEnum):
    """収納の状態 of a booking."""

    FREE = "free"  # 無料
    UNPAID = "unpaid"  # 未収納
    PARTLY = "partly"  # 一部入金
    PAID = "paid"  # 完納
    OVER = "over"  # 超過（還付）
    REFUNDED = "refunded"  # 還付済
    OFFSET = "offset"  # 充当
    NOTHING_BACK = "nothing_back"  # 還付なし


@dataclass(frozen=True, slots=True)
class Ending:
    """A booking that will not be used: which share of the fee goes back, and what becomes of fractions."""

    percent: int
    rounding: Rounding = Rounding.TEN_DOWN


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a booking costs, and what came in and went back for it, in whole yen.

    ``received`` is what came in and was not voided, 充当 from another booking included. ``excess`` and ``granted``
    are the refunds that were decided while the use stood and because it ended, ``out`` what of both was handed out,
    ``moved`` how much of that by 充当. ``decided``: a refund was decided because the use ended. ``stray`` came when
    it was not owed (paid online too late, or twice): of a use that ended it goes back whole, whatever the share.
    """

    total: int
    received: int
    excess: int = 0
    granted: int = 0
    out: int = 0
    moved: int = 0
    ending: Ending | None = None
    decided: bool = False
    stray: int = 0

    @property
    def paid(self) -> int:
        """What is held for the fee: all that came in, without what was decided to go back."""
        return self.received - self.excess - self.granted

    @property
    def owed(self) -> int:
        """What is still to be paid; below zero, what goes back and is not decided yet."""
        if self.ending is None:
            return self.total - self.paid
        return -self.due

    @property
    def due(self) -> int:
        """What goes back by the rules and nobody has decided on yet (還付すべき額)."""
        held = self.received - self.excess
        if self.ending is None:
            return max(0, held - self.total)
        if self.decided:
            return 0
        base = self.shared(held)
        return held - base + back_of(base, self.ending.percent, self.ending.rounding)

    def shared(self, held: int) -> int:
        """How much of what is held goes back by the share: the fee, and no more than was owed when it came."""
        return max(0, min(self.total, held - max(0, self.stray - self.excess)))

    @property
    def open(self) -> int:
        """What was decided to go back and was not handed out (還付未済額)."""
        return self.excess + self.granted - self.out

    @property
    def charged(self) -> int:
        """調定額: the fee; of a use that ended, what is kept of what was paid."""
        return self.total if self.ending is None else self.received - self.excess - self.granted - self.due

    @property
    def state(self) -> PaymentState:
        """How the booking's money stands, in a word."""
        if self.due > 0 or self.open > 0:
            return PaymentState.OVER
        if self.ending is not None or self.total == 0:
            return self._settled()
        if self.paid == 0:
            return PaymentState.UNPAID
        return PaymentState.PAID if self.paid == self.total else PaymentState.PARTLY

    def _settled(self) -> PaymentState:
        if self.out:
            return PaymentState.OFFSET if self.out == self.moved else PaymentState.REFUNDED
        return PaymentState.FREE if self.total == 0 and self.received == 0 else PaymentState.NOTHING_BACK


def back_of(amount: int, percent: int, rounding: Rounding) -> int:
    """``percent`` of ``amount`` in whole yen by the rounding, never more than there is."""
    return min(amount, round_yen(Fraction(amount * percent, 100), rounding))
