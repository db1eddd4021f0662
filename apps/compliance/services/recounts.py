"""棚卸 and unused IDs: opened, answered and ended. Whoever runs this again goes on where it stopped.

Opening and ending run as the city: a facility can neither open, shorten nor end a recount.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from apps.compliance.models.recount import Recount, RecountAnswer, RecountEntry
from apps.compliance.models.roster import RosterChange, RosterRow
from apps.compliance.queries.roster import CityAccount, city_accounts
from apps.compliance.roster_errors import RosterStateError, UnknownAccountError
from apps.compliance.rules.recount import closes_on, is_over, is_unused, quarter_of
from apps.compliance.services.roster.acting import told
from kernel import clock
from shared.actor import SYSTEM, Actor
from shared.audit.models import Action
from shared.audit.record import entry, record
from shared.inserts import insert_together
from shared.staff.models import StaffAccount


def open_recounts() -> int:
    """Open this quarter's recount of every facility that has none yet and has IDs; how many were opened."""
    today = clock.today()
    quarter = quarter_of(today)
    known = set(Recount.objects.filter(quarter_on=quarter).values_list("tenant", flat=True))
    by_tenant: dict[str, list[CityAccount]] = {}
    for one in city_accounts():
        if one.is_active and one.tenant not in known:
            by_tenant.setdefault(one.tenant, []).append(one)
    for tenant, accounts in by_tenant.items():
        _open(tenant, quarter, accounts)
    return len(by_tenant)


def close_recounts() -> int:
    """End the recounts whose days are over: suspend whoever was not confirmed, one by one; how many were suspended."""
    suspended = 0
    for recount in Recount.objects.filter(closed_at=None):
        if is_over(recount.closes_on, clock.today()):
            suspended += _close(recount)
    return suspended


def suspend_unused() -> int:
    """Suspend the IDs that were not used for ``settings.UNUSED_DAYS``; how many were."""
    returned = dict(
        RosterRow.objects.filter(change=RosterChange.RETURN, granted_at__isnull=False)
        .order_by()
        .values_list("account")
        .annotate(at=Max("granted_at"))
    )
    found = [one for one in city_accounts() if one.is_active and _is_unused(one, returned.get(one.id))]
    for one in found:
        _suspend(one.tenant, one.id, "unused")
    return len(found)


def answer(*, actor: Actor, recount: UUID, answers: Mapping[UUID, RecountAnswer]) -> None:
    """The facility answers for some of its IDs; until the end it may answer anew. ``RosterStateError`` afterwards."""
    now = clock.now()
    with transaction.atomic():
        found = Recount.objects.filter(pk=recount).first()
        if found is None or found.closed_at or is_over(found.closes_on, clock.today()):
            raise RosterStateError
        rows = RecountEntry.objects.filter(recount=found)
        for account, said in answers.items():
            rows.filter(account=account).update(answer=said, answered_at=now, answered_by=actor.id)
        kept = [account for account, said in answers.items() if said == RecountAnswer.KEEP]
        StaffAccount.objects.filter(pk__in=kept).update(confirmed_at=now)
        record(
            actor, Action.PERMISSION, object_type="recount", object_id=recount, kept=len(kept), answered=len(answers)
        )


def _open(tenant: str, quarter: dt.date, accounts: list[CityAccount]) -> None:
    now, today = clock.now(), clock.today()
    made = Recount(tenant=tenant, quarter_on=quarter, opened_at=now, closes_on=closes_on(today))
    rows = [
        RecountEntry(recount=made, tenant=tenant, account=one.id, login_id=one.login_id, name=one.name)
        for one in accounts
    ]
    opened = entry(SYSTEM, Action.PERMISSION, object_type="recount", object_id=made.pk, tenant=tenant, ids=len(rows))
    insert_together(made, *rows, opened)


def _close(recount: Recount) -> int:
    left = recount.entries.exclude(answer=RecountAnswer.KEEP).filter(suspended_at=None)
    for one in left:
        with transaction.atomic():
            RecountEntry.objects.filter(pk=one.pk).update(suspended_at=clock.now())
            _suspend(recount.tenant, one.account, "recount")
    with transaction.atomic():
        Recount.objects.filter(pk=recount.pk).update(closed_at=clock.now())
        record(SYSTEM, Action.PERMISSION, object_type="recount", object_id=recount.pk, act="close", ids=len(left))
    return len(left)


def _is_unused(one: CityAccount, returned: dt.datetime | None) -> bool:
    given = max(one.created_at, returned) if returned else one.created_at
    return is_unused(one.last_used, given, clock.now(), settings.UNUSED_DAYS)


def _suspend(tenant: str, account: UUID, why: str) -> None:
    """Suspend, unless somebody else has done so meanwhile."""
    try:
        told("staff_suspend", None, tenant, account, why, "", actor=SYSTEM)
    except UnknownAccountError:
        return
