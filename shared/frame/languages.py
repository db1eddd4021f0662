"""The languages of the pages: Japanese, English, and やさしい日本語, which is Japanese in easy words."""

from __future__ import annotations

from typing import Final

from django.utils.translation import get_language

EASY: Final = "ja-easy"
"""やさしい日本語, as Django's gettext carries it (catalogue ``ja_Easy``). To the world it is Japanese."""


def is_easy() -> bool:
    """Whether the page is in やさしい日本語."""
    return get_language() == EASY


def is_english() -> bool:
    """Whether the page is in English."""
    return (get_language() or "").startswith("en")


def tag_of(language: str | None) -> str:
    """The language for a ``lang`` attribute or a header: of やさしい日本語 that of Japanese."""
    return "ja" if language == EASY else language or "ja"
