"""What waits at the desk among bookings, and where it is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.bookings.queries.waiting import LOOKED_BACK, what_waits
from shared.reminders import Reminder
from shared.staff.rights import Right


def reminders(today: dt.date) -> Iterator[Reminder]:
    """By one statement."""
    waits = what_waits(today)
    listed, yesterday = reverse("desk:booking_list"), today - dt.timedelta(days=1)
    back, ahead = (
        f"first={today - LOOKED_BACK}&last={yesterday}",
        f"first={today}&last={today + dt.timedelta(days=366)}",
    )
    month = (today.replace(day=1) - dt.timedelta(days=1)).strftime("%Y-%m")
    yield Reminder(
        waits["expiring"],
        _("まもなく期限の仮予約"),
        f"{listed}?state=tentative&{ahead}",
        Right.BOOKINGS_KEEP,
        is_urgent=True,
    )
    yield Reminder(
        waits["under_review"] + waits["deferred"], _("審査を待つ申請"), reverse("desk:inbox"), Right.BOOKINGS_DECIDE
    )
    yield Reminder(waits["changes"], _("変更の申請"), reverse("desk:changes"), Right.BOOKINGS_DECIDE)
    yield Reminder(waits["reductions"], _("減免の申請"), reverse("desk:reductions"), Right.REDUCTION_DECIDE)
    yield Reminder(
        waits["unpaid"], _("利用が済んで未納の予約"), f"{listed}?state=standing&paid=owed&{back}", Right.MONEY_RECEIVE
    )
    yield Reminder(waits["missing"], _("実績の入っていない予約"), reverse("desk:use"), Right.BOOKINGS_KEEP)
    yield Reminder(waits["measures"], _("措置の案"), reverse("desk:measures"), Right.REGISTRANTS_DECIDE)
    yield Reminder(
        waits["months"], _("締めていない先月"), f"{reverse('desk:reports')}?month={month}", Right.MONTH_CLOSE
    )
