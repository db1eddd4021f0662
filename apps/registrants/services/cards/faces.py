"""What stands on a print of a card, from the card, its holder and who issues it."""

from __future__ import annotations

from typing import Final

from apps.registrants.documents.data import CardFace
from apps.registrants.models import Card, CardIssue, CardKind
from apps.registrants.rules.card_code import code_of
from apps.registrants.rules.card_issuer import CardIssuer
from apps.registrants.rules.cards import town_of

TITLES: Final = {
    CardKind.GROUP.value: "利用者カード",
    CardKind.SENIOR.value: "老人福祉センター・老人憩いの家登録証",
}
"""What is printed, whatever the language of the pages."""


def face_of(card: Card, made: CardIssue, issuer: CardIssuer) -> CardFace:
    """The face of the print ``made`` of an issued card with its holder.

    A group's card ends with its registration; a 登録証 has its own last day, or none.
    """
    holder, is_group = card.registrant, card.kind == CardKind.GROUP
    assert card.number is not None  # noqa: S101  # an_issued_card_has_a_number
    return CardFace(
        kind=card.kind,
        title=TITLES[card.kind],
        number=card.number,
        branch=made.branch,
        code=code_of(card.number, made.branch),
        holder=holder.display_name,
        issued_on=made.made_on,
        valid_from=None if is_group else card.valid_from,
        valid_until=holder.valid_until if is_group else card.valid_until,
        birth=None if is_group else holder.birth_date,
        address="" if is_group else town_of(holder.address),
        issuer=issuer,
        is_reissue=made.cause in {"lost", "damaged"},
    )
