"""Giving a registration number (登録番号) or a card number: never one that was given before."""

from __future__ import annotations

from typing import Final, LiteralString

from django.db import connection

from apps.registrants.models import Card, Registrant
from apps.registrants.rules.numbering import registration_series, senior_series
from kernel.numbers import Series
from tenants.models import Tenant
from tenants.scope import scoped_connection

NEXT_REGISTRATION: Final = "SELECT nextval('registrants_number_seq')"
NEXT_CARD: Final = "SELECT nextval('registrants_card_seq')"


def next_registration_number() -> str:
    """The next 登録番号 of the tenant; three statements. One that came with the records from before is passed over."""
    series = registration_series(_prefix())
    while Registrant.objects.filter(number=(number := _drawn(NEXT_REGISTRATION, series))).exists():
        pass
    return number


def next_senior_number() -> str:
    """The next number of a 登録証, likewise."""
    series = senior_series(_prefix())
    while Card.objects.filter(number=(number := _drawn(NEXT_CARD, series))).exists():
        pass
    return number


def _prefix() -> str:
    tenant = Tenant.objects.only("number_prefix").get(schema_name=scoped_connection().scope.schema)
    return str(tenant.number_prefix)


def _drawn(statement: LiteralString, series: Series) -> str:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        sequence: int = cursor.fetchone()[0]
    return series.make(sequence)
