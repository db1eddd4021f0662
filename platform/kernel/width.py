"""What a keyboard or a copied cell does to short codes: full width, stray dashes, characters nobody sees."""

import re
import unicodedata

DASHES = "-‐‒–—―−─━⁃˗ー"
"""Every character that is typed for a dash, in the form that NFKC leaves. The wave dash 〜 is none of them."""

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)


def visible(text: str) -> str:
    """`text` without variation selectors, zero-width and direction characters."""
    return _UNSEEN.sub("", text)


def bare(text: str, also: str = "") -> str:
    """A typed code in half width, without spaces, dashes of any kind, or the characters of `also`.

    For codes and numbers only: it applies NFKC, which must never touch a name as given.
    """
    narrow = unicodedata.normalize("NFKC", visible(text))
    return "".join(char for char in narrow if not (char.isspace() or char in DASHES or char in also))


def number(text: str, also: str = "") -> str:
    """A typed number as `bare` reads it, but with the minus before it: −1 is never taken for 1."""
    narrow = unicodedata.normalize("NFKC", visible(text)).lstrip()
    return f"{'-' if narrow[:1] and narrow[0] in DASHES else ''}{bare(text, also=also)}"
