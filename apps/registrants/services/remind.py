"""Citizens are reminded of the end of their registration by mail (更新のお知らせ), once a step."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from apps.registrants.models import Registrant, RegistrantState, RenewalReminder
from apps.registrants.rules.reminding import Step
from kernel import clock
from shared.inserts import insert_together
from shared.outbox.messages import message
from tenants.models import Tenant
from tenants.scope import scoped_connection

BATCH: Final = 200
TEMPLATE: Final = "registrants/mail/ending"


def remind(step: Step, *, at_most: int = BATCH) -> int:
    """Write the mails of ``step`` to the accounts of up to ``at_most`` registrations; to how many registrations.

    One mail an account and end, which names all its numbers here. The rows are locked before anything is looked at, so
    two runs at once never write one twice; the unique constraint on reminders is the backstop.
    """
    with transaction.atomic():
        found = _due(step, at_most)
        if found:
            insert_together(*_reminders(found, step), *_mails(found, step))
    return len(found)


def _due(step: Step, at_most: int) -> Sequence[Registrant]:
    sent = RenewalReminder.objects.filter(registrant=OuterRef("pk"), ends_on=OuterRef("valid_until"), days=step.days)
    due = Registrant.objects.filter(
        ~Exists(sent),
        state__in=[RegistrantState.ACTIVE, RegistrantState.SUSPENDED],
        portal_account__isnull=False,
        valid_until__range=(step.first_end, step.last_end),
    )
    accounts = due.order_by("portal_account").values_list("portal_account", flat=True).distinct()[:at_most]
    locked = due.filter(portal_account__in=list(accounts)).order_by("pk").select_for_update(of=("self",))
    ids = [one.pk for one in locked]
    return list(due.filter(pk__in=ids).order_by("portal_account", "valid_until", "number"))


def _reminders(found: Sequence[Registrant], step: Step) -> list[RenewalReminder]:
    ends = [(one.pk, one.valid_until) for one in found if one.valid_until is not None]
    now = clock.now()
    return [RenewalReminder(registrant_id=one, ends_on=end, days=step.days, at=now) for one, end in ends]


def _mails(found: Sequence[Registrant], step: Step) -> list[Any]:
    numbers: dict[tuple[UUID, dt.date], list[str]] = defaultdict(list)
    for one in found:
        if one.portal_account is not None and one.valid_until is not None:
            numbers[one.portal_account, one.valid_until].append(one.number)
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
