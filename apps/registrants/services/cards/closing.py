"""With a registration its cards end (``AppConfig.at_closing``)."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from apps.registrants.models import CloseCause, LapseCause
from apps.registrants.services.cards.standing import lapse_cards_of
from apps.registrants.services.hooks import Closing

CAUSES: Final = MappingProxyType({CloseCause.DIED: LapseCause.DIED, CloseCause.MOVED: LapseCause.MOVED})


def lapse_at_closing(closing: Closing) -> None:
    """End the cards and applications of the registration that is being closed, in the closing's transaction."""
    cause = CAUSES.get(CloseCause(closing.cause), LapseCause.CLOSED)
    lapse_cards_of(actor=closing.actor, registrant=closing.registrant, cause=cause, on=closing.effective_on)
