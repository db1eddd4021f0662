"""The holders of 登録証, as the duplicate check needs them."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from apps.registrants.card_errors import UnknownCardError
from apps.registrants.models import Card, CardKind, IdentityCheck
from shared.seniorcards.tokens import CURRENT, FORMER, REVERSED, NamedTokens, PersonName, tokens_of


def senior_card(card: UUID) -> Card:
    """A 登録証 of this tenant with its holder; one statement. ``UnknownCardError``."""
    found = Card.objects.select_related("registrant").filter(pk=card, kind=CardKind.SENIOR).first()
    if found is None:
        raise UnknownCardError
    return found


def holder_names(card: Card) -> list[PersonName]:
    """The holder's name, and the former one if it is to be considered."""
    who = card.registrant
    given = who.given_kana
    names = [PersonName(CURRENT, who.family_kana + given, who.family_name + who.given_name, given)]
    if card.former_kana:
        names.append(PersonName(FORMER, card.former_kana, card.former_name, given))
    return names


def asked_names(card: Card) -> list[PersonName]:
    """The same, and the name in the other order (氏名逆順), in which another facility may have entered it."""
    who = card.registrant
    if not (who.family_kana and who.given_kana):
        return holder_names(card)
    turned = PersonName(REVERSED, who.given_kana + who.family_kana, who.given_name + who.family_name)
    return [*holder_names(card), turned]


def holder_tokens(card: Card) -> list[NamedTokens]:
    """The holder's tokens under every key in use. ``KeysMissingError``; ``ValueError`` without a birth date."""
    return tokens_of(holder_names(card), _born(card))


def asked_tokens(card: Card) -> list[NamedTokens]:
    """What the index is asked for: the holder's tokens, and those of the name in the other order."""
    return tokens_of(asked_names(card), _born(card))


def _born(card: Card) -> dt.date:
    born = card.registrant.birth_date
    if born is None:
        raise ValueError("the holder of a senior card has a birth date")
    return born


def last_identity_check(card: Card) -> IdentityCheck | None:
    """The last time that the holder showed who they are."""
    return IdentityCheck.objects.filter(registrant=card.registrant_id).first()
