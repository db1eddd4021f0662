"""A group's registration as it is entered: name, representative, further items, roster."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from apps.registrants.rules.entry import Person, kana_key, phone_key
from apps.registrants.rules.group_names import names_of
from apps.registrants.rules.requirements import Group
from apps.registrants.rules.roster import Member, everybody, person_key
from apps.registrants.rules.roster_entry import MemberEntry
from apps.registrants.rules.similarity import Portrait, address_key

LECTURER: Final = "lecturer"
GUARDIAN_CONSENT: Final = "guardian_consent"
REPRESENTATIVE_BIRTH_DATE: Final = "representative_birth_date"
SHORT_NAME: Final = "short_name"
"""Codes of further items (``rules.items``) that requirements and likeness look at where they are collected."""


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """What a group's registration says: read values of ``rules.entry``, the roster in its order."""

    group_name: str
    group_kana: str
    person: Person
    """The representative; without a birth date, which is a further item."""
    extras: Mapping[str, Any] = field(default_factory=dict)
    members: Sequence[MemberEntry] = ()

    @property
    def representative(self) -> Member:
        """The representative as the rules see them."""
        person = self.person
        born = self.extras.get(REPRESENTATIVE_BIRTH_DATE)
        key = person_key(person.family_name + person.given_name, person.family_kana + person.given_kana)
        return Member(key, "", birth_date=dt.date.fromisoformat(born) if born else None)

    def roster(self, told_on: dt.date) -> tuple[Member, ...]:
        """The roster as the rules see it, ages told on ``told_on``."""
        return tuple(entry.member(told_on) for entry in self.members)

    def people(self, told_on: dt.date) -> tuple[Member, ...]:
        """Everybody of the group once, the representative first."""
        return everybody(self.representative, self.roster(told_on))

    def judged(
        self, told_on: dt.date, groups_elsewhere: tuple[int, ...], shared: int = 0, *, asked: Collection[str] = ()
    ) -> Group:
        """The group as its requirements see it, ``shared`` people at most being in one other.

        ``asked`` are the further items that the tenant collects.
        """
        lecturer = str(self.extras.get(LECTURER, ""))
        is_representative = lecturer != "" and self._is_representative(lecturer)
        key = self.representative.key if is_representative else lecturer
        has_consent = GUARDIAN_CONSENT not in asked or bool(self.extras.get(GUARDIAN_CONSENT))
        return Group(self.representative, self.roster(told_on), key, has_consent, groups_elsewhere, shared)

    def portrait(self, told_on: dt.date) -> Portrait:
        """The group by all that is compared with others."""
        phones = (self.person.phone, *(entry.phone for entry in self.members))
        return Portrait(
            names=names_of(self.group_name, self.group_kana, str(self.extras.get(SHORT_NAME, ""))),
            people=self.people(told_on),
            phones=frozenset(phone_key(phone) for phone in phones if phone),
            address=address_key(self.person.address),
        )

    def columns(self) -> dict[str, Any]:
        """The registrant's columns of the group, with the derived keys."""
        person = self.person
        return {
            "group_name": self.group_name,
            "group_kana": self.group_kana,
            "family_name": person.family_name,
            "given_name": person.given_name,
            "family_kana": person.family_kana,
            "given_kana": person.given_kana,
            "postal_code": person.postal_code,
            "address": person.address,
            "phone": person.phone,
            "kana_key": kana_key(self.group_kana),
            "phone_key": phone_key(person.phone),
        }

    def _is_representative(self, name: str) -> bool:
        """Whether ``name``, as it is written or in kana, is the representative's."""
        person = self.person
        names = (person.family_name + person.given_name, person.family_kana + person.given_kana)
        return person_key(name, "") in {person_key(own, "") for own in names}
