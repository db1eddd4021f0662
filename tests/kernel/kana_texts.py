"""Kana names for properties, and the ways in which one name comes to be written differently."""

from collections.abc import Callable

import jaconv
from hypothesis import strategies as st

KANA = (
    "アイウエオカキクケコガギグゲゴサシスセソザジズゼゾタチツテトダヂヅデドナニヌネノ"
    "ハヒフヘホバビブベボパピプペポマミムメモヤユヨラリルレロワヲンァィゥェォッャュョー"
)
"""Katakana that exist in every kind and width."""

names = st.text(KANA, min_size=1, max_size=12)
gaps = st.sampled_from([" ", "\u3000", "\u00a0", "\ufe00", "\U000e0101", "\u200b", "\ufeff"])


@st.composite
def rewritten(draw: st.DrawFn) -> tuple[str, str]:
    """A katakana name, and the same in other kana, another width, with spaces or unseen characters strewn in."""
    name = draw(names)
    kinds: list[Callable[[str], str]] = [str, jaconv.kata2hira, jaconv.z2h, _parted_marks]
    other = list(draw(st.sampled_from(kinds))(name))
    for place in draw(st.lists(st.integers(0, len(other)), max_size=3)):
        other.insert(place, draw(gaps))
    return name, "".join(other)


def _parted_marks(name: str) -> str:
    return jaconv.h2z(jaconv.z2h(name).replace("ﾞ", "゛").replace("ﾟ", "゜"))
