"""Keyed tokens of a name and a birth date (登録証の重複確認の符号). Source: domain handbook 5.4.

A name with a birth date is guessed easily, so a plain hash would tell it to whoever holds the index. A token can be
made only with the key, and each of the six kinds has a key of its own, derived by HKDF (RFC 5869). T5 and T6 are
looked at only where the city wants it.
"""

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kernel.errors import CodedError
from kernel.kanji_key import kanji_key
from kernel.name_keys import folded_key, phonetic_key, strict_key

VERSION: Final = "v1"
"""Counts up whenever a key of the name or the way to a token changes."""
KEY_BYTES: Final = 32


class NamelessError(CodedError):
    """Code `no_letters`: without a readable kana name a token would stand for everybody born on that day."""


@dataclass(frozen=True, slots=True)
class TokenKey:
    """A secret of ``KEY_BYTES`` bytes and its id, which stands beside each token that it made."""

    kid: str
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tokens:
    """T1 exact, T2 folded, T3 phonetic, T4 kanji variants: 32 bytes each. ``t4`` is None without a written name."""

    kid: str
    t1: bytes
    t2: bytes
    t3: bytes
    t4: bytes | None
    t5: bytes | None = None
    """改姓: the given name alone. None without one."""
    t6: tuple[bytes, bytes, bytes] | None = None
    """生年月日の取り違え: year and month, year and day, month and day (昭和 for 大正, a year too many)."""


def tokens(key: TokenKey, *, kana: str, name: str, born: date, given_kana: str = "") -> Tokens:
    """The tokens of a person; `kana` and `name` are family and given name joined, `given_kana` is the given name.

    Raises NamelessError.
    """
    if not phonetic_key(kana):
        raise NamelessError("no_letters")
    kanji, folded, given = kanji_key(name), folded_key(kana), folded_key(given_kana)
    day = born.isoformat()
    return Tokens(
        kid=key.kid,
        t1=_token(key, "T1", strict_key(kana), day),
        t2=_token(key, "T2", folded, day),
        t3=_token(key, "T3", phonetic_key(kana), day),
        t4=_token(key, "T4", kanji, day) if kanji else None,
        t5=_token(key, "T5", given, day) if given else None,
        t6=(
            _token(key, "T6", folded, f"{born:%Y-%m}"),
            _token(key, "T6", folded, f"{born:%Y}--{born:%d}"),
            _token(key, "T6", folded, f"--{born:%m-%d}"),
        ),
    )


def proof(key: TokenKey) -> bytes:
    """What shows that a process holds the key that made the tokens of its id, and tells nothing of the key."""
    return derived(key.secret, f"kashikan senior card {VERSION} proof".encode())


def _token(key: TokenKey, kind: str, name_key: str, day: str) -> bytes:
    own = derived(key.secret, f"kashikan senior card {VERSION} {kind}".encode())
    return hmac.digest(own, f"{VERSION}|{kind}|{name_key}|{day}".encode(), "sha256")


def derived(secret: bytes, purpose: bytes) -> bytes:
    """A key of 32 bytes for one purpose alone: HKDF with SHA-256, no salt, one block."""
    pseudo_random = hmac.digest(bytes(hashlib.sha256().digest_size), secret, "sha256")
    return hmac.digest(pseudo_random, purpose + b"\x01", "sha256")
