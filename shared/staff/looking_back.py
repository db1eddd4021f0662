"""What somebody is told of the own account: the sign-in before this one, failures since, and what was noticed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from kernel import clock
from shared.audit.models import Action, AuditEntry
from shared.staff.models import SignInEvent, StaffAccount

SHOWN = 10
LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class Before:
    """The sign-in before the present one, if there was one; how many failures came between; signs not told yet."""

    last: AuditEntry | None
    failures: int
    signs: list[SignInEvent]


def own_sign_ins(account: StaffAccount) -> QuerySet[AuditEntry]:
    """Sign-ins and failures of ``account``, the newest first."""
    kinds = [Action.LOGIN, Action.LOGIN_FAILED]
    return AuditEntry.objects.filter(object_type="account", object_id=str(account.pk), action__in=kinds)


def before_this(account: StaffAccount) -> Before:
    """Look back from the session that has just begun; its signs count as told. Three statements at most."""
    seen = list(own_sign_ins(account)[:LOOKED_AT])[1:]
    last = next((one for one in seen if one.action == Action.LOGIN), None)
    failures = seen.index(last) if last else len(seen)
    signs = list(SignInEvent.objects.filter(account=account, told_at=None).order_by("at")[:LOOKED_AT])
    if signs:
        SignInEvent.objects.filter(pk__in=[one.pk for one in signs]).update(told_at=clock.now())
    return Before(last, failures, signs)
