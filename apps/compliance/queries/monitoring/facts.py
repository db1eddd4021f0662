"""Figures of accounts and of the audit, from the tenant's own tables. Counts only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from django.db.models import Count, Q
from django.db.models.functions import ExtractHour
from django.utils.translation import gettext_lazy as _

from kernel.clock import TOKYO
from shared.audit.models import Action, AuditEntry
from shared.facts import Fact, Month
from shared.outbox.models import Message, MessageState
from shared.staff.models import StaffAccount

NIGHT_FROM, NIGHT_UNTIL = 22, 7
"""Hours outside of which nobody is at a desk [D]; a facility that closes later says why."""
UNUSED_AFTER: Final = dt.timedelta(days=60)
MANY_FAILURES: Final = 10


def of_accounts(_schema: str, month: Month) -> Iterator[Fact]:
    """Accounts in force, and those that nobody has used for 60 days; two statements."""
    _begin, end = month.span
    active = set(StaffAccount.objects.filter(is_active=True, created_at__lt=end).values_list("pk", flat=True))
    old = set(StaffAccount.objects.filter(created_at__lt=end - UNUSED_AFTER).values_list("pk", flat=True))
    used = AuditEntry.objects.filter(actor_id__in=active, at__gte=end - UNUSED_AFTER, at__lt=end)
    unused = (active & old) - set(used.order_by().values_list("actor_id", flat=True).distinct())
    yield Fact("accounts_active", len(active), _("月末に有効なIDは{value}件です。"))
    text = _("60日間使われていない有効なIDは{value}件です。")
    yield Fact("accounts_unused", len(unused), text, wants_look=bool(unused))


def of_audit(_schema: str, month: Month) -> Iterator[Fact]:
    """Failed sign-ins, refusals, prints, exports, use at night; one statement."""
    begin, end = month.span
    acts = AuditEntry.objects.filter(at__gte=begin, at__lt=end).annotate(hour=ExtractHour("at", tzinfo=TOKYO))
    staff = Q(actor_kind="staff")
    night = staff & (Q(hour__gte=NIGHT_FROM) | Q(hour__lt=NIGHT_UNTIL))
    found = acts.order_by().aggregate(
        failed=Count("id", filter=Q(action=Action.LOGIN_FAILED)),
        refused=Count("id", filter=Q(action=Action.DENIED)),
        prints=Count("id", filter=Q(action=Action.PRINT)),
        exports=Count("id", filter=Q(action=Action.EXPORT)),
        night=Count("id", filter=night),
    )
    failed = found["failed"]
    yield Fact("logins_failed", failed, _("ログインの失敗は{value}回です。"), failed >= MANY_FAILURES)
    yield Fact("refused", found["refused"], _("拒否された操作は{value}回です。"), bool(found["refused"]))
    text = _("22時から7時までの操作は{value}回です。")
    yield Fact("night_use", found["night"], text, bool(found["night"]))
    yield Fact("prints", found["prints"], _("印刷は{value}回です。"))
    yield Fact("exports", found["exports"], _("持出しは{value}回です。"), bool(found["exports"]))


def of_mails(_schema: str, month: Month) -> Iterator[Fact]:
    """Mails of the month that could not be delivered; one statement."""
    begin, end = month.span
    failed = Message.objects.filter(created_at__gte=begin, created_at__lt=end, state=MessageState.FAILED).count()
    yield Fact("mails_failed", failed, _("届かなかったメールは{value}通です。"), bool(failed))
