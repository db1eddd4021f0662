"""Source keys of records whose persons were forgotten: by a digest a later file does not bring them back."""

from __future__ import annotations

import hashlib
from typing import Final

MARK: Final = "anonymised:"


def forgotten_key(source_key: str) -> str:
    """What stands in place of ``source_key`` since the record was anonymised; ``FORGOTTEN_KEY`` says it in SQL."""
    return MARK + hashlib.sha256(source_key.encode("utf-8", "surrogatepass")).hexdigest()


FORGOTTEN_KEY: Final = f"'{MARK}' || encode(sha256(convert_to(source_key, 'UTF8')), 'hex')"
