"""The registry of further items."""

from __future__ import annotations

from apps.registrants.models import Residence
from apps.registrants.rules.items import ITEMS, RESIDENCES, ItemKind, items_for
from apps.registrants.texts import CHOICE_LABELS, ITEM_LABELS

LONGEST_CODE, LONGEST_PURPOSE = 40, 200
"""Characters that ``ItemPolicy`` keeps."""


def test_every_item_and_choice_has_a_word_to_translate() -> None:
    assert {code: str(text) for code, text in ITEM_LABELS.items()} == {i.code: i.label for i in ITEMS.values()}
    choices = {(i.code, c.code): c.label for i in ITEMS.values() for c in i.choices}
    assert {code: str(text) for code, text in CHOICE_LABELS.items()} == choices


def test_every_item_can_be_kept_and_suggests_a_purpose() -> None:
    for item in ITEMS.values():
        assert len(item.code) <= LONGEST_CODE
        assert 0 < len(item.purpose) <= LONGEST_PURPOSE
        assert item.for_individuals or item.for_groups
        assert bool(item.choices) == (item.kind is ItemKind.CHOICE)


def test_residence_is_the_same_for_an_individual_and_for_a_member() -> None:
    assert [(choice.code, choice.label) for choice in RESIDENCES] == [(r.value, str(r.label)) for r in Residence]


def test_only_what_is_collected_is_asked_and_of_whom_it_is_for() -> None:
    collected = ["lecturer", "gender", "note", "shoe_size"]
    assert [item.code for item in items_for("individual", collected)] == ["gender", "note"]
    assert [item.code for item in items_for("group", collected)] == ["lecturer", "note"]
