"""Makes ``kernel/kanji_variants.txt``: ``python -m config.kanji_table``. Source: domain handbook 5.3.

A character's form is looked for among the candidates of the nearest scheme of the MJ縮退マップ that names any; the
one with the lowest JIS X 0208 code wins, the character itself included. The map is followed to its end
(㜷, 彌, 弥), and two characters never meet because a third has both as candidates: that would join dozens that have
nothing in common.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Final

from jntajis import MJShrinkSchemeCombo as Scheme
from jntajis import mj_shrink_candidates

import kernel.kanji_key

NEAREST_FIRST: Final = (
    Scheme.JIS_INCORPORATION_UCS_UNIFICATION_RULE,
    Scheme.MOJ_NOTICE_582,
    Scheme.MOJ_FAMILY_REGISTER_ACT_RELATED_NOTICE,
    Scheme.INFERENCE_BY_READING_AND_GLYPH,
)
IDEOGRAPHS: Final = (range(0x3400, 0xA000), range(0x20000, 0x323B0))
FIRST_KANJI: Final = 0xB0
"""Lead byte of 亜, the first kanji, in EUC-JP; a lead byte of 0x8F would be JIS X 0212."""
OTHER_CHARACTERS_IN_NAMES: Final = "玉切"
"""The map joins 玉 with 王 and 切 with 功 by their look, which nobody does in a name."""
HEADER: Final = """\
# Variants of kanji: each line is a character and, after it, what is another form of it.
# Made by config.kanji_table from the MJ縮退マップ of 独立行政法人情報処理推進機構 (IPA) and
# 一般社団法人文字情報技術促進協議会, changed: reduced to one form a character. This file is licensed
# CC BY-SA 2.1 JP like the map (https://creativecommons.org/licenses/by-sa/2.1/jp/).
"""


def variants() -> dict[str, str]:
    """Each ideograph that has another form -> that form."""
    steps = {char: form for char in _ideographs() if (form := nearest(char)) != char}
    return {char: _end(char, steps) for char in steps}


def nearest(char: str) -> str:
    """The form of ``char`` one step away, or itself."""
    if char in OTHER_CHARACTERS_IN_NAMES:
        return char
    for scheme in NEAREST_FIRST:
        found = {_unified(one) for one in mj_shrink_candidates(char, scheme) if len(one) == 1} - {char}
        if found:
            return min([char, *found], key=_place)
    return char


def text(table: dict[str, str]) -> str:
    """The file's text."""
    groups: dict[str, list[str]] = {}
    for char, form in sorted(table.items()):
        groups.setdefault(form, []).append(char)
    return HEADER + "".join(f"{form}{''.join(chars)}\n" for form, chars in sorted(groups.items()))


def _ideographs() -> Iterable[str]:
    return map(chr, chain.from_iterable(IDEOGRAPHS))


def _unified(char: str) -> str:
    return unicodedata.normalize("NFKC", char)


def _end(char: str, steps: dict[str, str]) -> str:
    while char in steps:
        char = steps[char]
    return char


def _place(char: str) -> tuple[bool, bytes, str]:
    try:
        code = char.encode("euc_jp")
    except UnicodeEncodeError:
        code = b""
    is_common = len(code) == 2 and code[0] >= FIRST_KANJI
    return (not is_common, code if is_common else b"", char)


if __name__ == "__main__":
    Path(kernel.kanji_key.__file__).with_name(kernel.kanji_key.TABLE).write_text(text(variants()), encoding="utf-8")
