"""Registration numbers for many at once: a sequence draws them, one statement looks for those given before."""

from __future__ import annotations

from typing import Final

from django.db import connection

from apps.registrants.models import Registrant
from apps.registrants.rules.numbering import registration_series
from tenants.models import Tenant
from tenants.scope import scoped_connection

DRAW: Final = "SELECT nextval('registrants_number_seq') FROM generate_series(1, %s)"


class Numbers:
    """Gives registration numbers (登録番号) of the tenant's own series."""

    def __init__(self) -> None:
        prefix = Tenant.objects.values_list("number_prefix", flat=True).get(
            schema_name=scoped_connection().scope.schema
        )
        self._series = registration_series(str(prefix))

    def take(self, many: int) -> list[str]:
        """So many numbers that nobody has; two statements, and two more for each that was given before."""
        given: list[str] = []
        while wanted := many - len(given):
            with connection.cursor() as cursor:
                cursor.execute(DRAW, [wanted])
                drawn = [self._series.make(row[0]) for row in cursor.fetchall()]
            known = set(Registrant.objects.filter(number__in=drawn).values_list("number", flat=True))
            given += [number for number in drawn if number not in known]
        return given
