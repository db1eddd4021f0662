"""確認番号: the code on a document, by which anybody finds out whether it was issued.

It holds the tenant's number, eight random bytes and a keyed sum over both, as 24 letters and digits that are read and
typed without doubt: none of I, L, O and U.
"""

from __future__ import annotations

import hmac
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from apps.bookings.paper_errors import NoSuchCodeError

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TENANT_BYTES: Final = 2
MARK_BYTES: Final = 8
SUM_BYTES: Final = 5
LENGTH: Final = (TENANT_BYTES + MARK_BYTES + SUM_BYTES) * 8 // 5
LONGEST: Final = 100
"""Characters that are looked at at all."""
_LOOKALIKES: Final = str.maketrans("OIL", "011")


@dataclass(frozen=True, slots=True)
class Coded:
    """What a code says: which tenant, and which of its documents (hexadecimal)."""

    tenant: int
    mark: str


def code_of(coded: Coded, key: bytes) -> str:
    """The code, in groups of four: ``0012-3ABC-…``."""
    body = coded.tenant.to_bytes(TENANT_BYTES, "big") + bytes.fromhex(coded.mark)
    number = int.from_bytes(body + _sum(body, key), "big")
    text = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))
    return "-".join(text[at : at + 4] for at in range(0, LENGTH, 4))


def read_code(text: str, keys: Sequence[bytes]) -> Coded:
    """What a typed code says, under one of ``keys``: any width and case, with or without hyphens and spaces.

    ``NoSuchCodeError`` for one that was mistyped, altered or invented. Every key is tried, so that the answer takes
    the same time whichever it is.
    """
    letters = _letters(text)
    if len(letters) != LENGTH or any(letter not in ALPHABET for letter in letters):
        raise NoSuchCodeError(field="code")
    number = 0
    for letter in letters:
        number = number << 5 | ALPHABET.index(letter)
    whole = number.to_bytes(TENANT_BYTES + MARK_BYTES + SUM_BYTES, "big")
    body, told = whole[:-SUM_BYTES], whole[-SUM_BYTES:]
    if not any([hmac.compare_digest(_sum(body, key), told) for key in keys]):  # noqa: C419  # all of them, always
        raise NoSuchCodeError(field="code")
    return Coded(int.from_bytes(body[:TENANT_BYTES], "big"), body[TENANT_BYTES:].hex())


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).upper()
    return "".join(one for one in plain if one.isalnum()).translate(_LOOKALIKES)


def _sum(body: bytes, key: bytes) -> bytes:
    return hmac.digest(key, b"kashikan paper\x00" + body, "sha256")[:SUM_BYTES]
