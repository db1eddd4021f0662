"""Raising alerts from the audit of the last two days, and answering them."""

from __future__ import annotations

import datetime as dt
from typing import Final
from uuid import UUID

from django.db import transaction

from apps.bookings.models import Booking
from apps.compliance.log_errors import NotThePrivacyOfficerError, OwnAlertError, UnknownAlertError
from apps.compliance.models.logs import AlertLimits, AuditAlert
from apps.compliance.rules.log_alerts import Act, all_alerts
from apps.compliance.rules.purpose import state
from kernel import clock
from kernel.spans import day_span
from shared.actor import Actor
from shared.audit.models import Action, AuditEntry
from shared.audit.record import record
from shared.staff.models import Role
from tenants.scope import SHARED_SCHEMA

DAYS: Final = 2
"""Looked at each time: today and yesterday. What was found before is not raised again."""
ANSWERERS: Final = frozenset({Role.PRIVACY_OFFICER, Role.FACILITY_MANAGER})


def raise_alerts(schema: str) -> int:
    """Raise what the rules find in the audit of ``schema``; how many were found. As whoever keeps the schema."""
    first = clock.today() - dt.timedelta(days=DAYS - 1)
    limits = (AlertLimits.objects.filter(pk=schema).first() or AlertLimits(tenant=schema)).limits()
    found = all_alerts(_acts(first), limits, booked=_booked(schema, first), known=_known(first))
    rows = [
        AuditAlert(
            tenant=schema,
            kind=one.kind,
            key=one.key,
            raised_at=clock.now(),
            actor_id=one.actor,
            first_at=one.first_at,
            last_at=one.last_at,
            count=one.count,
            limit=one.limit,
        )
        for one in found
    ]
    AuditAlert.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def answer_alert(*, actor: Actor, name: str, alert: int, outcome: str, note: str) -> None:
    """At the desk: what came of it, and why. Nobody answers for what they did themselves.

    ``UnknownAlertError``, ``NotThePrivacyOfficerError``, ``OwnAlertError``, and those of a stated purpose.
    """
    if not ANSWERERS & set(actor.roles):
        raise NotThePrivacyOfficerError
    cleaned = state(outcome, note)
    with transaction.atomic():
        found = _locked(alert)
        if found.actor_id == actor.id:
            raise OwnAlertError
        found.outcome, found.note, found.answered_at = outcome, cleaned.note, clock.now()
        found.answered_by, found.answered_name = actor.id, name
        found.save(update_fields=["outcome", "note", "answered_at", "answered_by", "answered_name"])
        record(actor, Action.CHANGE, object_type="audit_alert", object_id=alert, outcome=outcome)


def note_by_city(*, actor: Actor, name: str, alert: int, note: str, outcome: str = "") -> None:
    """At the city: that somebody has seen it, and what they say. Alerts on the city's own use are answered so too.

    ``UnknownAlertError``, ``OwnAlertError``, and those of a stated purpose.
    """
    cleaned = state("city", note)
    with transaction.atomic():
        found = _locked(alert)
        if found.actor_id == actor.id:
            raise OwnAlertError
        found.city_note, found.city_at, found.city_by, found.city_name = cleaned.note, clock.now(), actor.id, name
        fields = ["city_note", "city_at", "city_by", "city_name"]
        if found.tenant == SHARED_SCHEMA and outcome:
            found.outcome, found.answered_at, found.answered_by, found.answered_name = (
                outcome, found.city_at, actor.id, name
            )  # fmt: skip
            fields += ["outcome", "answered_at", "answered_by", "answered_name"]
        found.save(update_fields=fields)
        record(actor, Action.CHANGE, object_type="audit_alert", object_id=alert, by="city")


def set_limits(*, actor: Actor, limits: AlertLimits, fields: list[str]) -> None:
    """At the city: let these limits hold for a facility."""
    with transaction.atomic():
        limits.changed_at, limits.changed_by = clock.now(), actor.id
        limits.save()
        record(actor, Action.CHANGE, object_type="alert_limits", object_id=limits.tenant, fields=sorted(fields))


def _locked(alert: int) -> AuditAlert:
    found = AuditAlert.objects.select_for_update().filter(pk=alert).first()
    if found is None:
        raise UnknownAlertError
    return found


def _acts(first: dt.date) -> list[Act]:
    rows = AuditEntry.objects.filter(at__gte=day_span(first).start, actor_kind__in=["staff", "city", "visitor"])
    return [_act(entry) for entry in rows.order_by("at", "id").iterator(2000)]


def _act(entry: AuditEntry) -> Act:
    """A wrong password is counted for the account that was named, as far as there is one."""
    actor = entry.actor_id
    if entry.action == Action.LOGIN_FAILED and entry.object_id:
        actor = UUID(entry.object_id)
    place = str(entry.terminal or entry.address or "")
    local = entry.at.astimezone(clock.TOKYO)
    return Act(local, actor, entry.action, tuple(entry.persons), "" if entry.action == Action.LOGIN_FAILED else place)


def _booked(schema: str, first: dt.date) -> dict[dt.date, set[UUID]]:
    """Who has a booking on which of the days; the city has none."""
    found: dict[dt.date, set[UUID]] = {}
    if schema != SHARED_SCHEMA:
        for day, registrant in Booking.objects.filter(day__gte=first, day__lte=clock.today()).values_list(
            "day", "registrant"
        ):
            found.setdefault(day, set()).add(registrant)
    return found


def _known(first: dt.date) -> dict[UUID, set[str]]:
    """From where each account had signed in before."""
    found: dict[UUID, set[str]] = {}
    rows = AuditEntry.objects.filter(action=Action.LOGIN, at__lt=day_span(first).start, actor_id__isnull=False)
    for actor, terminal, address in rows.values_list("actor_id", "terminal", "address").distinct():
        if actor is not None:
            found.setdefault(actor, set()).add(str(terminal or address or ""))
    return found
