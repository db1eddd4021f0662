"""Text freed of what makes it show otherwise than it reads: marks of direction, characters of no width."""

import re
from typing import Final

FILLERS: Final = "\u115f\u1160\u3164\uffa0"
"""Letters of Hangul that are blank: a name of them alone would look like none."""
_UNSEEN: Final = re.compile(
    "(\U0001f3f4[\U000e0020-\U000e007f]+)"  # the flags of England, Scotland and Wales are spelt with tags: kept
    "|[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    f"\ufeff\ufff9-\ufffb\U000e0000-\U000e007f{FILLERS}]"
)
_JOINERS: Final = re.compile(
    r"(?:\A|(?<=[\s\u0020-\u024f\u3000-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
    r"\U00020000-\U0003ffff\U000e0100-\U000e01ef]))[\u200c\u200d]+"
)
"""Zero-width joiners after a letter that never joins. Behind others they make one emoji of several, or a ligature."""


def without_unseen(text: str) -> str:
    """`text` without marks of direction and characters of no width that nobody can have meant.

    Kept: emoji with their joiners, variation selectors (IVS in names), and control characters, which are refused where
    they do not fit. A line or paragraph separator (U+2028, U+2029) becomes a line end.
    """
    lines = text.replace("\u2028", "\n").replace("\u2029", "\n")
    return _JOINERS.sub("", _UNSEEN.sub(r"\1", lines))
