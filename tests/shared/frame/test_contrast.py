"""WCAG 2.2, 1.4.3 and 1.4.11: the contrast of every pair of tokens that the style sheets put together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import shared.frame

CSS = Path(shared.frame.__file__).parent / "static/frame/css"
TEXT, LARGE_OR_SHAPE = 4.5, 3.0

TEXT_PAIRS = [
    *[
        (ink, paper)
        for ink in ("ink", "ink-soft", "ink-faint", "link", "accent", "danger")
        for paper in ("paper", "paper-soft")
    ],
    *[(ink, "paper-sunken") for ink in ("ink", "ink-soft", "ink-faint", "accent", "danger")],
    *[(ink, "accent-soft") for ink in ("ink", "ink-soft", "accent", "link", "accent-hover")],
    *[
        ("white", fill)
        for fill in ("accent", "accent-hover", "accent-active", "danger", "danger-hover", "danger-active")
    ],
    *[("white", fill) for fill in ("ink", "green-1100", "light-blue-1200")],
    *[(ink, "focus-halo") for ink in ("link", "black", "ink", "success-ink")],
    *[("ink", soft) for soft in ("success-soft", "warning-soft", "danger-soft", "gray-100")],
    *[("ink-soft", soft) for soft in ("warning-soft", "danger-soft")],
    ("link-visited", "paper"),
    ("link-active", "paper"),
    ("success-ink", "success-soft"),
    ("success-ink", "paper"),
    ("success-ink", "accent-soft"),
    ("warning-ink", "warning-soft"),
    ("warning-ink", "paper"),
    ("warning-ink", "accent-soft"),
    ("danger-hover", "danger-soft"),
    ("accent-hover", "blue-100"),
    ("accent-active", "blue-200"),
    ("gray-600", "gray-100"),
]
SHAPE_PAIRS = [
    ("line-input", "paper"),
    ("line-input", "paper-soft"),
    ("line-strong", "paper"),
    ("danger", "paper"),
    ("focus", "paper"),
    ("focus", "focus-halo"),
    ("focus-halo", "light-blue-1200"),
    ("focus-halo", "green-1100"),
    ("focus-halo", "accent"),
    ("success", "success-soft"),
    ("accent", "gray-100"),
    ("accent", "accent-soft"),
    ("ink-faint", "gray-100"),
]


def tokens() -> dict[str, str]:
    """Name -> what ``:root`` says first in tokens.css."""
    root = (CSS / "tokens.css").read_text().split("}")[0]
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", root))


def colour(name: str) -> str:
    """``#rrggbb`` of a token, through the tokens that it points to."""
    value = tokens()[name]
    pointed = re.fullmatch(r"var\(--([\w-]+)\)", value)
    return colour(pointed[1]) if pointed else value


def luminance(code: str) -> float:
    """Relative luminance of ``#rrggbb``, 0 to 1. Source: WCAG 2.2, glossary."""
    parts = [int(code[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """1 to 21. Source: WCAG 2.2, glossary."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_the_grey_that_is_known_to_pass_barely_does() -> None:
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize(("ink", "paper"), TEXT_PAIRS)
def test_text_is_legible_on_its_ground(ink: str, paper: str) -> None:
    assert contrast(colour(ink), colour(paper)) >= TEXT


@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_a_border_or_bar_stands_out_from_its_ground(shape: str, ground: str) -> None:
    assert contrast(colour(shape), colour(ground)) >= LARGE_OR_SHAPE


def test_a_component_names_a_token_that_exists() -> None:
    used = {name for sheet in CSS.glob("*.css") for name in re.findall(r"var\(--([\w-]+)", sheet.read_text())}
    defined = {name for sheet in CSS.glob("*.css") for name in re.findall(r"--([\w-]+):", sheet.read_text())}
    assert used <= defined


def test_only_the_tokens_file_writes_colours() -> None:
    sheets = [sheet for sheet in CSS.glob("*.css") if sheet.name != "tokens.css"]
    assert [sheet.name for sheet in sheets if re.search(r"#[0-9a-f]{3,8}\b", sheet.read_text())] == []
