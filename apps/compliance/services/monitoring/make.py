"""The sheets of months that are over, with the figures that the system knows."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from apps.compliance.models.monitoring import MonitoringFact, MonitoringMonth
from apps.compliance.rules.monitoring.clocks import months_to_make
from kernel import clock
from shared.facts import facts_of
from shared.inserts import insert_together
from tenants.models import OperatorAssignment


def make_months(schema: str) -> list[dt.date]:
    """Make what is missing of the tenant ``schema``; which months these were. As the tenant's role.

    Each month is a transaction of its own, and made once however many workers try: a month that fails is tried again
    by the next run, and holds up none before it.
    """
    last = MonitoringMonth.objects.filter(tenant=schema).aggregate(last=Max("month"))["last"]
    terms = [one.lower for one in OperatorAssignment.objects.values_list("during", flat=True)]
    if not terms:
        return []
    return [month for month in months_to_make(last, min(terms), clock.today()) if make_month(schema, month)]


def make_month(schema: str, month: dt.date) -> bool:
    """Make one sheet with its figures, both or neither; False if it is there already."""
    with transaction.atomic():
        made = _open(month)
        if made is None:
            return False
        rows = [
            MonitoringFact(
                month_id=made,
                tenant=schema,
                code=fact.code,
                value=fact.value,
                sentence=fact.sentence("ja"),
                sentence_en=fact.sentence("en"),
                wants_look=fact.wants_look,
            )
            for fact in facts_of(schema, month)
        ]
        if rows:
            insert_together(*rows)
    return True


def _open(month: dt.date) -> UUID | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT shared.monitoring_open(%s)", [month])
        found: UUID | None = cursor.fetchone()[0]
    return found
