"""Figures of what oversight itself keeps: roster, pledges and trainings, alerts, incidents. Counts only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from apps.compliance.models.incidents import Incident
from apps.compliance.models.logs import AuditAlert
from apps.compliance.models.roster import RosterRow
from apps.compliance.queries.duties import own_register
from shared.facts import Fact, Month
from shared.staff.models import StaffAccount


def of_roster(_schema: str, month: Month) -> Iterator[Fact]:
    """IDs in force that no roster was granted for, and of people who have left; three statements."""
    last = month.following - dt.timedelta(days=1)
    active = StaffAccount.objects.filter(is_active=True, created_at__lt=month.span[1])
    granted = RosterRow.objects.filter(granted_at__isnull=False).values("account")
    off = active.exclude(pk__in=granted).count()
    yield Fact("accounts_off_roster", off, _("使用者名簿によらない有効なIDは{value}件です。"), bool(off))
    left = active.filter(ends_on__lte=last).count()
    yield Fact("accounts_of_leavers", left, _("使用終了日を過ぎて停止していないIDは{value}件です。"), bool(left))


def of_duties(_schema: str, _month: Month) -> Iterator[Fact]:
    """People with an ID in force who owe a pledge or a training, as it stands when the sheet is made."""
    register = own_register()
    pledges = sum(one.owes_pledge for one in register)
    trainings = sum(one.owes_training for one in register)
    yield Fact("pledges_overdue", pledges, _("誓約が済んでいない人は{value}人です。"), bool(pledges))
    yield Fact("trainings_overdue", trainings, _("研修が済んでいない人は{value}人です。"), bool(trainings))


def of_alerts(schema: str, month: Month) -> Iterator[Fact]:
    """Alerts on the records of use that were raised in the month, and those not answered; two statements."""
    begin, end = month.span
    raised = AuditAlert.objects.filter(tenant=schema, raised_at__gte=begin, raised_at__lt=end)
    waiting = raised.filter(outcome="").count()
    text = _("操作記録の注意は{value}件です（うち未回答{waiting}件）。")
    yield Fact("alerts_open", raised.count(), text, bool(waiting), {"waiting": waiting})


def of_incidents(schema: str, month: Month) -> Iterator[Fact]:
    """Incidents that came to be known in the month; one statement."""
    begin, end = month.span
    known = Incident.objects.filter(tenant=schema, noticed_at__gte=begin, noticed_at__lt=end).count()
    yield Fact("incidents", known, _("報告された漏えい等の事故は{value}件です。"), bool(known))
