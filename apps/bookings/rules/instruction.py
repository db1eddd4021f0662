"""教示: what a person is told about contesting a decision (行政不服審査法第82条, 行政事件訴訟法第46条)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from apps.bookings.rules.authority import Authority, CityAuthority, FeeRegime
from apps.bookings.rules.instruction_texts import FEE, GENERAL_CITY, GENERAL_MANAGER, INSTRUCTION_BLOCKS
from apps.bookings.rules.text_blocks import TextBlock, in_force


class Act(StrEnum):
    """The decision that a document carries."""

    PERMIT = "permit"
    CONDITIONAL_PERMIT = "conditional_permit"
    REFUSAL = "refusal"
    REVOCATION = "revocation"
    SUSPENSION = "suspension"
    REDUCTION_REFUSAL = "reduction_refusal"
    FEE = "fee"


ACTS_ON_MONEY = frozenset({Act.FEE, Act.REDUCTION_REFUSAL})
"""A refused reduction counts as part of collecting the fee (徴収に関する処分): for the city to confirm."""


@dataclass(frozen=True, slots=True)
class Instruction:
    """教示文 as printed, and which version of which block it is, to be kept with the document."""

    heading: str
    paragraphs: tuple[str, ...]
    block_id: str
    version: int

    @property
    def reference(self) -> str:
        """The block and its version in one word, for the document's keywords and for records."""
        return f"{self.block_id}/{self.version}"


def instruction_for(
    *,
    act: Act,
    authority: Authority,
    regime: FeeRegime,
    on: date,
    on_plain_permits: bool = False,
    blocks: Iterable[TextBlock] = INSTRUCTION_BLOCKS,
) -> Instruction | None:
    """What to print about contesting ``act``, decided on the day ``on``; None when nothing is owed.

    Nothing is owed for a permit as asked for, unless the facility's setting ``on_plain_permits`` says so, nor for
    money under 利用料金, which is a private claim of the manager. Raises NoTextBlockError when no wording is in force.
    """
    if act is Act.PERMIT and not on_plain_permits:
        return None
    if act in ACTS_ON_MONEY:
        return None if regime is FeeRegime.MANAGER_INCOME else _fee(authority, on, blocks)
    return _general(authority, on, blocks)


def _general(authority: Authority, on: date, blocks: Iterable[TextBlock]) -> Instruction:
    """The mayor reviews, also what a manager decided (地方自治法第244条の4第1項).

    Sued is the city, or the manager where the manager decided (行政事件訴訟法第11条第2項).
    """
    block_id = GENERAL_CITY if isinstance(authority, CityAuthority) else GENERAL_MANAGER
    block = in_force(block_id, on=on, blocks=blocks)
    return _from_block(block, authority.mayor, authority.defendant, authority.representative)


def _fee(authority: Authority, on: date, blocks: Iterable[TextBlock]) -> Instruction:
    """使用料 is the mayor's to collect, whoever runs the facility, and review comes first (地方自治法第229条)."""
    return _from_block(in_force(FEE, on=on, blocks=blocks), authority.mayor, authority.city, authority.mayor)


def _from_block(block: TextBlock, mayor: str, defendant: str, representative: str) -> Instruction:
    paragraphs = block.filled({"市長": mayor, "被告": defendant, "代表者": representative})
    return Instruction(block.heading, paragraphs, block.id, block.version)
