"""年度評価: the year's grade and comment, by whoever judges; a correction is one more version."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Max

from apps.compliance.models.monitoring_findings import MonitoringYear
from apps.compliance.monitoring_errors import NoGradesError
from apps.compliance.queries.monitoring.board import year_of
from apps.compliance.services.monitoring.acting import stated
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together


def judge_year(*, actor: Actor, tenant: str, year: int, grade: str, comment: str) -> MonitoringYear:
    """Write the summary. ``NoGradesError`` while no month of the year is judged, ``ReasonMissingError``."""
    said = stated(comment, field="comment")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('monitoring year ' || %s, 0))", [tenant])
        proposed = year_of(tenant, year).proposed
        if proposed is None:
            raise NoGradesError
        before = MonitoringYear.objects.filter(tenant=tenant, fiscal_year=year)
        summary = MonitoringYear(
            tenant=tenant,
            fiscal_year=year,
            version=(before.aggregate(last=Max("version"))["last"] or 0) + 1,
            grade=grade,
            computed_grade=proposed.value,
            comment=said,
            at=clock.now(),
            by=actor.id,
        )
        told = entry(actor, Action.CREATE, object_type="monitoring_year", object_id=tenant, year=year, grade=grade)
        insert_together(summary, told)
    return summary
