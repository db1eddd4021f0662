"""What stands on a print of a card, from the card, its holder and who issues it."""

from __future__ import annotations

from typing import Final

from apps.registrants.card_errors import NameNotPrintableError
from apps.registrants.documents.data import CardFace
from apps.registrants.models import Card, CardIssue, CardKind
from apps.registrants.rules.card_code import code_of
from apps.registrants.rules.card_face import Face, from_kept
from apps.registrants.rules.card_issuer import CardIssuer
from apps.registrants.rules.cards import town_of
from shared.documents.renderer import unprintable

TITLES: Final = {
    CardKind.GROUP.value: "利用者カード",
    CardKind.SENIOR.value: "老人福祉センター・老人憩いの家登録証",
}
"""What is printed, whatever the language of the pages."""


def face_now(card: Card) -> Face:
    """What a print of ``card`` would bear that was made now.

    A group's card ends with its registration; a 登録証 has its own last day, or none.
    """
    holder, name = card.registrant, card.registrant.display_name
    if card.kind == CardKind.GROUP:
        return Face(name, name, representative=holder.person_name, until=holder.valid_until)
    return Face(name, name, town=town_of(holder.address), until=card.valid_until)


def face_to_print(card: Card, substitute: str) -> Face:
    """``face_now`` for a new print; ``substitute`` (代替文字) stands for a name of which a font lacks a form, no other.

    ``NameNotPrintableError`` where the name, or its substitute, cannot be printed.
    """
    face = face_now(card)
    if not unprintable(face.name):
        return face
    missing = unprintable(substitute or face.name)
    if missing:
        raise NameNotPrintableError(field="substitute", characters=missing)
    return Face(face.name, substitute, face.representative, face.town, face.until)


def printed_face(made: CardIssue) -> Face:
    """What stands on ``made``; of one from before that this was kept, what is registered now."""
    return from_kept(made.face) if made.face else face_now(made.card)


def face_of(card: Card, made: CardIssue, issuer: CardIssuer) -> CardFace:
    """The face of the print ``made`` of an issued card with its holder."""
    holder, is_group, face = card.registrant, card.kind == CardKind.GROUP, printed_face(made)
    assert card.number is not None  # noqa: S101  # an_issued_card_has_a_number
    return CardFace(
        kind=card.kind,
        title=TITLES[card.kind],
        number=card.number,
        branch=made.branch,
        code=code_of(card.number, made.branch),
        holder=face.holder,
        representative=face.representative,
        registered_on=holder.registered_on if is_group else None,
        issued_on=made.made_on,
        valid_from=None if is_group else card.valid_from,
        valid_until=face.until,
        birth=None if is_group else holder.birth_date,
        address=face.town,
        issuer=issuer,
        is_reissue=made.cause in {"lost", "damaged"},
        is_substitute=face.is_substitute,
    )
