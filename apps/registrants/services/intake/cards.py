"""Cards from another system: they keep their numbers, since the cards themselves are in people's hands.

A 登録証 in force is entered into the index of all facilities. Where the index has its holder already, it comes in as
申請中 with its number: the duplicate check at the desk decides.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from apps.registrants.models import (
    Card,
    CardAct,
    CardDeed,
    CardIssue,
    CardKind,
    CardState,
    IssueCause,
    Registrant,
    RegistrantKind,
)
from apps.registrants.services.intake.card_index import enter_into_index
from apps.registrants.services.intake.card_row import OldCard, read_card
from apps.registrants.services.intake.fields import CARDS
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.intake.bulk import insert_rows
from shared.intake.rules.target import Choices, Context, Problem, Reading, Sorted

COMPARED: Final = ("kind", "number", "qualification", "issued_on", "valid_until")
CARD: Final = (
    "id", "kind", "registrant", "number", "state", "branch", "qualification", "special_reason", "applied_on",
    "issued_on", "valid_from", "valid_until", "lapsed_on", "lapse_cause", "source_key",
)  # fmt: skip
ISSUE: Final = ("card", "branch", "cause", "made_on", "made_by", "handed_over_on", "voided_on")
ACT: Final = ("card", "at", "act", "branch", "effective_on", "actor_kind", "actor_id", "reason")
HOLDERS: Final = {
    CardKind.GROUP.value: RegistrantKind.GROUP.value,
    CardKind.SENIOR.value: RegistrantKind.INDIVIDUAL.value,
}
PURPOSE: Final = "移行した登録証の重複の確認"
IN_FORCE: Final = frozenset({CardState.ACTIVE.value, CardState.SUSPENDED.value})


class Cards:
    """Reads and writes the rows of one file of cards."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.today, self.now = clock.today(), clock.now()
        self._holders: dict[str, tuple[str, str, str]] = {}
        self._asked = self._waiting = 0

    def read(self, values: Mapping[str, str]) -> Reading[OldCard]:
        """A row as a card."""
        return read_card(values, self.context, self.today)

    def sort(self, batch: Sequence[tuple[int, OldCard]]) -> Sorted[OldCard]:
        """By what is known here; four statements. A known card is never changed: it has a life of its own here."""
        cards = [card for _, card in batch]
        self._holders = _holders({card.holder_key for card in cards})
        held = [uuid.UUID(pk) for pk, _, _ in self._holders.values()]
        keys = Card.objects.filter(source_key__in=[card.source_key for card in cards])
        known = {row["source_key"]: row for row in keys.values("source_key", *COMPARED)}
        numbers = Card.objects.filter(number__in=[card.number for card in cards]).values_list("number", flat=True)
        given = {str(number) for number in numbers}
        has = {
            (str(pk), kind)
            for pk, kind in Card.objects.filter(registrant__in=held)
            .exclude(state=CardState.LAPSED)
            .values_list("registrant", "kind")
        }
        found: Sorted[OldCard] = Sorted()
        for line, card in batch:
            self._sort(found, line, card, known=known.get(card.source_key), given=given, has=has)
        return found

    def _sort(
        self,
        found: Sorted[OldCard],
        line: int,
        card: OldCard,
        *,
        known: Mapping[str, Any] | None,
        given: set[str],
        has: set[tuple[str, str]],
    ) -> None:
        if known is not None:
            is_same = all(getattr(card, name) == known[name] for name in COMPARED)
            found.unchanged += is_same
            found.kept += not is_same
            if not is_same:
                found.warnings.append((line, Problem("row_card_kept", "number")))
        elif problem := self._problem(card, given, has):
            found.refused.append((line, problem))
        else:
            found.new.append((line, card))
            given.add(card.number)
            if card.state != CardState.LAPSED:
                has.add((self._holders[card.holder_key][0], card.kind))

    def _problem(self, card: OldCard, given: set[str], has: set[tuple[str, str]]) -> Problem | None:
        holder = self._holders.get(card.holder_key)
        if holder is None:
            return Problem("row_no_registrant", "holder")
        pk, kind, state = holder
        if kind != HOLDERS[card.kind]:
            return Problem("row_other_holder", "holder")
        if card.number in given:
            return Problem("row_number_given", "number")
        if card.state != CardState.LAPSED and state == "closed":
            return Problem("row_holder_closed", "holder")
        if card.state != CardState.LAPSED and (pk, card.kind) in has:
            return Problem("row_has_card", "holder")
        return None

    def write(self, found: Sorted[OldCard]) -> Mapping[int, str]:
        """Insert them with their line in the register of issues; 登録証 in force also into the index."""
        made = {line: (str(uuid.uuid4()), card) for line, card in found.new}
        entries = list(made.values())
        seniors = [(pk, card) for pk, card in entries if _needs_index(card)]
        waiting = {pk for pk, _ in seniors}
        insert_rows(Card, CARD, [self._card(pk, card, waits=pk in waiting) for pk, card in entries])
        insert_rows(CardAct, ACT, [self._act(pk, card) for pk, card in entries])
        left = enter_into_index([(uuid.UUID(pk), card.state) for pk, card in seniors])
        self._asked += len(seniors)
        self._waiting += len(left)
        insert_rows(
            CardIssue,
            ISSUE,
            [self._issue(pk, card) for pk, card in entries if card.issued_on and uuid.UUID(pk) not in left],
        )
        lines = {uuid.UUID(pk): line for line, (pk, _) in made.items()}
        found.warnings += [(lines[pk], Problem("row_senior_waits", "number")) for pk in left]
        return {line: pk for line, (pk, _) in made.items()}

    def end(self) -> None:
        """Leave one line on what the index of all facilities was asked, if it was: no count of questions holds here."""
        if self._asked:
            record(
                Actor(kind=self.context.actor_kind, id=self.context.actor_id),
                Action.DUPLICATE_CHECK,
                object_type="intake",
                object_id=self.context.job or "",
                purpose=PURPOSE,
                asked=self._asked,
                waiting=self._waiting,
            )

    def _card(self, pk: str, card: OldCard, *, waits: bool) -> tuple[Any, ...]:
        return (
            pk,
            card.kind,
            self._holders[card.holder_key][0],
            card.number,
            CardState.APPLIED.value if waits else card.state,
            card.branch,
            card.qualification,
            card.special_reason,
            card.issued_on or self.today,
            card.issued_on,
            card.issued_on,
            card.valid_until,
            card.lapsed_on,
            card.lapse_cause,
            card.source_key,
        )

    def _issue(self, pk: str, card: OldCard) -> tuple[Any, ...]:
        return (pk, card.branch, IssueCause.IMPORT.value, card.issued_on, None, card.issued_on, card.lapsed_on)

    def _act(self, pk: str, card: OldCard) -> tuple[Any, ...]:
        context = self.context
        day = card.issued_on or self.today
        who = (context.actor_kind, context.actor_id, context.source)
        return (pk, self.now, CardDeed.IMPORT.value, card.branch, day, *who)


class CardsTarget:
    """Both kinds of cards, in one file or in one each."""

    kind = "cards"
    label = _("利用者カード・登録証")
    fields = CARDS
    follow_up = None

    def choices(self) -> Mapping[str, Choices]:
        """None but the usual."""
        return {}

    def left_out(self) -> frozenset[str]:
        """Nothing."""
        return frozenset()

    def writer(self, context: Context) -> Cards:
        """Begin a file."""
        return Cards(context)


TARGET: Final = CardsTarget()


def _holders(keys: set[str]) -> dict[str, tuple[str, str, str]]:
    """Source key -> id, kind and state of the registrant; of one that was merged, of the record that stands for it."""
    rows = Registrant.objects.filter(source_key__in=keys).values_list(
        "source_key", "pk", "kind", "state", "merged_into", "merged_into__kind", "merged_into__state"
    )
    return {
        str(key): (str(other), other_kind, other_state) if other else (str(pk), kind, state)
        for key, pk, kind, state, other, other_kind, other_state in rows
    }


def _needs_index(card: OldCard) -> bool:
    return card.kind == CardKind.SENIOR and card.state in IN_FORCE
