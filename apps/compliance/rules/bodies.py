"""The bodies of an operator, as they are typed: one a line with its 法人番号, the first one leads."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from apps.compliance.agreement_errors import (
    BodyTwiceError,
    CorporateNumberError,
    MemberLineError,
    NoBodyError,
    OneMemberError,
)
from kernel.corporate import is_corporate_number
from kernel.width import bare


@dataclass(frozen=True, slots=True)
class Body:
    """A body (法人) with its number."""

    name: str
    number: str


def members_of(text: str) -> list[Body]:
    """Each line's body. ``MemberLineError``, ``CorporateNumberError``, ``BodyTwiceError``."""
    lines = [line.strip() for line in text.replace("\r", "\n").split("\n")]
    bodies = [_member(line, place) for place, line in enumerate(filter(None, lines), start=1)]
    if len({body.number for body in bodies}) < len(bodies) or len({body.name for body in bodies}) < len(bodies):
        raise BodyTwiceError(field="members")
    return bodies


def number_of(text: str) -> str:
    """A typed 法人番号 in half width, or "". ``CorporateNumberError``."""
    number = bare(text)
    if number and not is_corporate_number(number):
        raise CorporateNumberError(field="corporate_number", line="")
    return number


def check_operator(*, is_manager: bool, number: str, members: list[Body]) -> None:
    """A manager is one body with a number, or a consortium of two or more. ``NoBodyError``, ``OneMemberError``."""
    if len(members) == 1:
        raise OneMemberError(field="members")
    if is_manager and not number and not members:
        raise NoBodyError(field="corporate_number")


def _member(line: str, place: int) -> Body:
    name, _space, number = unicodedata.normalize("NFKC", line).rpartition(" ")
    if not name.strip():
        raise MemberLineError(field="members", line=place)
    if not is_corporate_number(bare(number)):
        raise CorporateNumberError(field="members", line=f"{place}行目：")
    return Body(line[: len(name)].strip(), bare(number))
