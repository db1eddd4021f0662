"""Whose account somebody means who signs in: by the ID, by the address, or by a registration's number (登録番号).

A number stands on the card that people carry; whoever has forgotten the ID may have it at hand (domain handbook 8.2).
Only numbers of a facility's own series are looked for: their prefix names one facility, and the check digit tells what
was mistyped. A number that came from another system may be two people's at two facilities.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from uuid import UUID

from django.db import connection

from kernel.numbers import NumberError, Series
from kernel.width import bare
from shared.accounts.models import PortalAccount

NUMBER: Final = re.compile(r"([A-Z]{1,4})([0-9]{7})")
DIGITS: Final = 6
"""Of a number of a registration, without its check digit (``apps.registrants.rules.numbering``)."""
OF_NUMBER: Final = "SELECT shared.account_of_number(%s, %s)"


def normal_login(login_id: str) -> str:
    """What was typed, in whatever case and width an input method has left it."""
    return unicodedata.normalize("NFKC", login_id).strip().lower()


def account_named(login: str) -> PortalAccount | None:
    """The account that ``login`` names, whether it may enter or not; a statement, or two for a number."""
    typed = normal_login(login)
    if "@" in typed:
        return PortalAccount.objects.filter(email__iexact=typed).first()
    if (number := registration_number(typed)) and (holder := _holder(number)):
        return PortalAccount.objects.filter(pk=holder).first()
    return PortalAccount.objects.filter(login_id=typed).first()


def registration_number(typed: str) -> str:
    """``typed`` as a number of some facility's series is printed (A-000123-0), or nothing."""
    match = NUMBER.fullmatch(bare(typed).upper())
    if match is None:
        return ""
    series = Series(match[1], DIGITS)
    try:
        return series.make(series.read(typed))
    except NumberError:
        return ""


def looks_like_a_number(login_id: str) -> bool:
    """Whether an ID could be taken for a registration's number, of whatever check digit."""
    return NUMBER.fullmatch(bare(login_id).upper()) is not None


def _holder(number: str) -> UUID | None:
    with connection.cursor() as cursor:
        cursor.execute(OF_NUMBER, [number.split("-", maxsplit=1)[0], number])
        found: UUID | None = cursor.fetchone()[0]
    return found
