"""Postal codes (郵便番号): kept as 7 digits without hyphen. Source: domain handbook 2.1 and 11."""

import re

from kernel.errors import CodedError
from kernel.width import bare

_CODE = re.compile("[0-9]{7}")


class PostalError(CodedError):
    """Code: `unreadable` (not 7 digits)."""


def digits(text: str) -> str:
    """The 7 digits of a typed code, in any width, with 〒, hyphen and spaces forgiven. Raises PostalError."""
    code = bare(text, also="〒")
    if not _CODE.fullmatch(code):
        raise PostalError("unreadable")
    return code


def is_postal(text: str) -> bool:
    """Whether `text` can be read as a postal code; whether the code is in use is not asked."""
    return _CODE.fullmatch(bare(text, also="〒")) is not None


def format_postal(text: str) -> str:
    """「270-1396」 from any form that `digits` reads. Raises PostalError."""
    code = digits(text)
    return f"{code[:3]}-{code[3:]}"
