"""The monthly review of a facility's audit: made, explained, signed, confirmed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count

from apps.compliance.log_errors import (
    AlertsOpenError,
    NotSignedError,
    NotThePrivacyOfficerError,
    SamplesOpenError,
    SignedError,
    UnknownReviewError,
)
from apps.compliance.models.logs import AlertLimits, AuditAlert, LogReview, LogSample
from apps.compliance.rules.log_review import due_on, month_end, month_under_review, seed_of
from apps.compliance.rules.purpose import state
from kernel import clock
from kernel.spans import day_span
from shared.actor import Actor
from shared.audit.models import Action, AuditEntry, AuditSeal
from shared.audit.record import record
from shared.staff.models import Role

DRAWN: Final = """
SELECT id FROM audit_auditentry
WHERE at >= %s AND at < %s AND actor_kind = 'staff' AND action IN ('view', 'print') AND persons <> '{}'
ORDER BY md5(%s || id::text) LIMIT %s
"""
"""The same seed draws the same rows."""


def make_review(schema: str, month: dt.date | None = None) -> LogReview | None:
    """The sheet of last month, with totals and a sample; None if it is there already. As the tenant's role."""
    month = month or month_under_review(clock.today())
    begin, end = day_span(month).start, day_span(month_end(month)).start
    if LogReview.objects.filter(tenant=schema, month=month).exists():
        return None
    totals = AuditEntry.objects.filter(at__gte=begin, at__lt=end).order_by().values_list("action").annotate(Count("id"))
    seed = seed_of(schema, month, _root(end))
    with transaction.atomic():
        made = LogReview(
            tenant=schema,
            month=month,
            made_at=clock.now(),
            due_on=due_on(month),
            totals=dict(totals),
            alerts=AuditAlert.objects.filter(tenant=schema, last_at__gte=begin, last_at__lt=end).count(),
            seed=seed,
        )
        [kept] = LogReview.objects.bulk_create([made])
        LogSample.objects.bulk_create(_sample(kept, entry) for entry in drawn(schema, begin, end, seed))
    return kept


def drawn(schema: str, begin: dt.datetime, end: dt.datetime, seed: str) -> list[AuditEntry]:
    """The views that ``seed`` draws from a month."""
    limits = AlertLimits.objects.filter(pk=schema).first() or AlertLimits(tenant=schema)
    with connection.cursor() as cursor:
        cursor.execute(DRAWN, [begin, end, seed, limits.samples_a_month])
        ids = [row[0] for row in cursor.fetchall()]
    return list(AuditEntry.objects.filter(pk__in=ids).order_by("at", "id"))


def explain(*, actor: Actor, review: int, said: Mapping[int, str]) -> None:
    """Explain drawn views: sample -> reason. ``UnknownReviewError``, ``SignedError``, those of a stated purpose."""
    cleaned = {sample: state("explanation", text).note for sample, text in said.items()}
    with transaction.atomic():
        found = _open(review)
        for sample, text in cleaned.items():
            LogSample.objects.filter(pk=sample, review=found).update(
                explanation=text, explained_at=clock.now(), explained_by=actor.id
            )
        record(actor, Action.CHANGE, object_type="log_review", object_id=review, explained=len(cleaned))


def sign(*, actor: Actor, name: str, review: int, comment: str) -> None:
    """Sign the sheet as 個人情報保護責任者. All is explained and all alerts of the month are answered.

    ``NotThePrivacyOfficerError``, ``UnknownReviewError``, ``SignedError``, ``SamplesOpenError``, ``AlertsOpenError``.
    """
    if Role.PRIVACY_OFFICER not in actor.roles:
        raise NotThePrivacyOfficerError
    with transaction.atomic():
        found = _open(review)
        if left := LogSample.objects.filter(review=found, explained_at=None).count():
            raise SamplesOpenError(left=left)
        if left := _alerts_open(found):
            raise AlertsOpenError(left=left)
        found.comment, found.signed_at = comment.strip()[:300], clock.now()
        found.signed_by, found.signed_name = actor.id, name
        found.save(update_fields=["comment", "signed_at", "signed_by", "signed_name"])
        record(actor, Action.CHANGE, object_type="log_review", object_id=review, act="sign")


def confirm(*, actor: Actor, name: str, review: int, comment: str) -> None:
    """At the city: confirm what the facility has signed. ``UnknownReviewError``, ``NotSignedError``."""
    with transaction.atomic():
        found = LogReview.objects.select_for_update().filter(pk=review).first()
        if found is None:
            raise UnknownReviewError
        if found.signed_at is None:
            raise NotSignedError
        found.city_comment, found.city_at = comment.strip()[:300], clock.now()
        found.city_by, found.city_name = actor.id, name
        found.save(update_fields=["city_comment", "city_at", "city_by", "city_name"])
        record(actor, Action.CHANGE, object_type="log_review", object_id=review, act="confirm", tenant=found.tenant)


def _open(review: int) -> LogReview:
    found = LogReview.objects.select_for_update().filter(pk=review).first()
    if found is None:
        raise UnknownReviewError
    if found.signed_at is not None:
        raise SignedError
    return found


def _alerts_open(review: LogReview) -> int:
    begin, end = day_span(review.month).start, day_span(month_end(review.month)).start
    month = AuditAlert.objects.filter(tenant=review.tenant, last_at__gte=begin, last_at__lt=end)
    return month.filter(answered_at=None).count()


def _sample(review: LogReview, entry: AuditEntry) -> LogSample:
    return LogSample(
        review=review,
        tenant=review.tenant,
        entry=entry.pk,
        at=entry.at,
        actor_id=entry.actor_id,
        action=entry.action,
        object_type=entry.object_type,
        persons=entry.persons,
    )


def _root(end: dt.datetime) -> bytes:
    """The chain's value at the end of the month: nobody could know the sample before."""
    seal = AuditSeal.objects.filter(sealed_at__lt=end).order_by("-pk").first()
    return bytes(seal.chain) if seal else b""


def names_used(reviews: list[LogSample]) -> set[UUID]:
    """The accounts in the samples."""
    return {one.actor_id for one in reviews if one.actor_id}
