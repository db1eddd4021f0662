"""Whether two groups may be one (類似団体): by people, telephone, address or name. Source: domain handbook 2.2.

A clerk decides; nothing here refuses. The relation is symmetric, and a group is alike to itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from apps.registrants.rules.group_names import NameForms, are_alike
from apps.registrants.rules.policy import SIMILAR_BY
from apps.registrants.rules.roster import Member, may_be_one
from kernel.width import DASHES, visible

GROUP_NAME: Final = "group_name"
MEMBERS: Final = "members"
PHONE: Final = "phone"
ADDRESS: Final = "address"
GROUNDS: Final = (GROUP_NAME, MEMBERS, PHONE, ADDRESS)
"""On what two groups are alike, in the order in which it is told; the codes of ``DuplicateProposal.grounds``."""

KEY_LENGTH: Final = 200
"""Characters of ``GroupKeys.address``."""
_PREFECTURE: Final = re.compile("^(北海道|東京都|(京都|大阪)府|..県|(神奈川|和歌山|鹿児島)県)")
_KANJI_BLOCK: Final = re.compile("([一二三四五六七八九十])丁目")
_STEP: Final = re.compile(rf"丁目|番地の|番地|番|号|(?<=[0-9])[の{re.escape(DASHES)}](?=[0-9])")
_NO_STEP: Final = re.compile("-+(?![0-9])")
_FIGURES: Final = {kanji: str(number) for number, kanji in enumerate("一二三四五六七八九十", 1)}


@dataclass(frozen=True, slots=True)
class Portrait:
    """A group by all that is compared. Personal: never logged, never in an address."""

    names: tuple[NameForms, ...]
    """Of the name, and of the 略称 where there is one."""
    people: tuple[Member, ...]
    phones: frozenset[str]
    """Digits of the representative's and the contacts' telephones."""
    address: str
    """``address_key`` of the representative's address."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What makes two groups alike for a tenant: from how many shared members on (0: never), and which other grounds."""

    members: int = 3
    grounds: tuple[str, ...] = SIMILAR_BY


def grounds_of(one: Portrait, other: Portrait, sought: Sought) -> tuple[str, ...]:
    """The grounds on which the two may be one group; empty: none."""
    shared = shared_members(one.people, other.people)
    found = {
        GROUP_NAME: any(are_alike(ours, theirs) for ours in one.names for theirs in other.names),
        MEMBERS: 0 < sought.members <= shared,
        PHONE: bool(one.phones & other.phones),
        ADDRESS: one.address != "" and one.address == other.address,
    }
    asked = {MEMBERS, *sought.grounds}
    return tuple(ground for ground in GROUNDS if found[ground] and ground in asked)


def shared_members(people: Iterable[Member], others: Iterable[Member]) -> int:
    """How many of the one may be among the other; namesakes count once each."""
    ours, theirs = _by_key(people), _by_key(others)
    return sum(min(_met(ours[key], theirs[key]), _met(theirs[key], ours[key])) for key in ours.keys() & theirs.keys())


def address_key(address: str) -> str:
    """An address without prefecture, spaces, width and the words between its figures: 一丁目2番地の3 is 1-2-3."""
    plain = "".join(unicodedata.normalize("NFKC", visible(address)).split())
    counted = _KANJI_BLOCK.sub(lambda block: f"{_FIGURES[block[1]]}丁目", _PREFECTURE.sub("", plain))
    return _NO_STEP.sub("", _STEP.sub("-", counted)).upper()[:KEY_LENGTH]


def _by_key(people: Iterable[Member]) -> dict[str, list[Member]]:
    found: dict[str, list[Member]] = defaultdict(list)
    for person in people:
        found[person.key].append(person)
    return found


def _met(people: Iterable[Member], others: Iterable[Member]) -> int:
    others = list(others)
    return len([person for person in people if any(may_be_one(person, other) for other in others)])
