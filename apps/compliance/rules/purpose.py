"""The purpose that whoever looks at personal data has to state (rules, section 8.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from apps.compliance.errors import PurposeNamesSomebodyError, PurposeTooShortError
from kernel.width import bare, visible

LEAST_NOTE: Final = 5
MOST_NOTE: Final = 140
"""With the longest purpose's label it fits into the audit's column."""
TELLTALE: Final = re.compile(r"\d{6,}")
"""So many figures in a row are a telephone or registration number."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """A purpose (照会の目的) as it was stated: ``code`` from the city's list, ``note`` in the person's own words."""

    code: str
    note: str


def state(code: str, note: str, *, field: str = "note") -> Purpose:
    """The purpose with its note tidied. Raises ``PurposeTooShortError`` or ``PurposeNamesSomebodyError``."""
    tidy = " ".join(visible(note).split())
    if len(tidy) < LEAST_NOTE:
        raise PurposeTooShortError(field=field, least=LEAST_NOTE)
    check_anonymous(tidy, field=field)
    return Purpose(code, tidy)


def check_anonymous(text: str, *, field: str) -> None:
    """``PurposeNamesSomebodyError`` for a text with a number by which a person could be found."""
    if TELLTALE.search(bare(text)):
        raise PurposeNamesSomebodyError(field=field)
