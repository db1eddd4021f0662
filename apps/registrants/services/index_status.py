"""Telling the index of all facilities that a 登録証 changed its state."""

from __future__ import annotations

from apps.registrants.models import Card, CardKind, CardState, CardToken


def card_state_changed(*, card: Card) -> None:
    """Called in the transaction of every change of a 登録証's state.

    The state itself reaches the index by a trigger on the cards, so that no statement can forget it. What is left to
    do: a void card keeps no copy of its tokens in the tenant; the index knows it until the purge.
    """
    if card.kind == CardKind.SENIOR and card.state == CardState.LAPSED:
        CardToken.objects.filter(card=card).delete()
