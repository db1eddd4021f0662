"""What waits at the desk among registrations, and where it is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.registrants.models import Registrant, RegistrantState
from apps.registrants.queries.inbox import WAITING
from shared.reminders import Reminder
from shared.staff.rights import Right


def reminders(_today: dt.date) -> Iterator[Reminder]:
    """By one statement."""
    counted = Registrant.objects.filter(state__in=WAITING).aggregate(
        review=Count("pk", filter=Q(state=RegistrantState.UNDER_REVIEW)),
        provisional=Count("pk", filter=Q(state=RegistrantState.PROVISIONAL)),
    )
    address = reverse("desk:registrations")
    yield Reminder(counted["review"], _("審査を待つ登録"), address, Right.REGISTRANTS_DECIDE)
    yield Reminder(
        counted["provisional"],
        _("窓口での手続を待つ仮登録"),
        f"{address}?state={RegistrantState.PROVISIONAL}",
        Right.REGISTRANTS_KEEP,
    )
