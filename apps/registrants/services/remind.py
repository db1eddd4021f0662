"""Registrants are reminded of the end of their registration by mail (更新のお知らせ), once a step."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from apps.registrants.models import Registrant, RegistrantState, RenewalReminder
from apps.registrants.rules.addressing import reminded
from apps.registrants.rules.reminding import Step
from kernel import clock
from shared.inserts import insert_together
from shared.outbox.messages import message
from tenants.models import Tenant
from tenants.scope import scoped_connection

BATCH: Final = 200
TEMPLATE: Final = "registrants/mail/ending"


def remind(step: Step, *, at_most: int = BATCH) -> int:
    """Write the mails of ``step`` for the registrations of up to ``at_most`` addressees; for how many registrations.

    An account is written to, or the address that the facility keeps; nobody who wishes no such mail. One mail an
    account and end, which names all its numbers here. The rows are locked before anything is looked at, so
    two runs at once never write one twice; the unique constraint on reminders is the backstop.
    """
    with transaction.atomic():
        found = _due(step, at_most)
        if found:
            insert_together(*_reminders(found, step), *_mails(found, step))
    return len(found)


def _due(step: Step, at_most: int) -> Sequence[Registrant]:
    sent = RenewalReminder.objects.filter(registrant=OuterRef("pk"), ends_on=OuterRef("valid_until"), days=step.days)
    due = Registrant.objects.annotate(addressee=Coalesce("portal_account", "id")).filter(
        ~Exists(sent),
        Q(portal_account__isnull=False) | Q(extras__has_key="email"),
        ~Q(extras__contains={"mail_wish": "draw"}) & ~Q(extras__contains={"mail_wish": "none"}),
        state__in=[RegistrantState.ACTIVE, RegistrantState.SUSPENDED],
        valid_until__range=(step.first_end, step.last_end),
    )
    whom = due.order_by("addressee").values_list("addressee", flat=True).distinct()[:at_most]
    locked = due.filter(addressee__in=list(whom)).order_by("pk").select_for_update(of=("self",))
    ids = [one.pk for one in locked]
    return list(due.filter(pk__in=ids).order_by("addressee", "valid_until", "number"))


def _reminders(found: Sequence[Registrant], step: Step) -> list[RenewalReminder]:
    ends = [(one.pk, one.valid_until) for one in found if one.valid_until is not None]
    now = clock.now()
    return [RenewalReminder(registrant_id=one, ends_on=end, days=step.days, at=now) for one, end in ends]


def _mails(found: Sequence[Registrant], step: Step) -> list[Any]:
    numbers: dict[tuple[UUID, dt.date], list[str]] = defaultdict(list)
    for one in found:
        whom = reminded(one.pk, one.portal_account, one.extras)
        if whom is not None and one.valid_until is not None:
            numbers[whom, one.valid_until].append(one.number)
    place = _place()
    return [
        message(
            template=TEMPLATE,
            recipient=account,
            context=place | {"numbers": theirs, "ends_on": end.isoformat(), "days": step.days},
        )
        for (account, end), theirs in numbers.items()
    ]


def _place() -> dict[str, str]:
    tenant = Tenant.objects.only("name", "name_en").get(schema_name=scoped_connection().scope.schema)
    return {"place_name": tenant.name, "place_name_en": tenant.name_en}
