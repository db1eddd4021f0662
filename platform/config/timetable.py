"""What the scheduler sends when. Every task here may be sent twice, late, or not at all, and no harm is done."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

SWEEP: Final = dt.timedelta(seconds=5)
SWEEP_IN_DEMO: Final = dt.timedelta(seconds=1)
"""Somebody sits before the screen and waits for the mail, or for the file."""


def timetable(*, demo: bool) -> dict[str, dict[str, Any]]:
    """Celery's ``beat_schedule``. A task that waits longer for a worker than its period is dropped, not heaped up."""
    return {
        "seals": _entry("audit.seal", dt.timedelta(minutes=5)),
        "alerts on the audit": _for_every_tenant("compliance.watch_log", dt.timedelta(minutes=10), and_shared=True),
        "reviews of the audit": _for_every_tenant("compliance.review_log", dt.timedelta(hours=1)),
        "mails": _entry("outbox.sweep", SWEEP_IN_DEMO if demo else SWEEP),
        "payments": _entry("payments.sweep", SWEEP_IN_DEMO if demo else SWEEP),
        "files to take in": _entry("intake.sweep", SWEEP_IN_DEMO if demo else SWEEP),
        "exports to make": _entry("exports.sweep", SWEEP_IN_DEMO if demo else SWEEP),
        "permits to print": _entry("bookings.sweep_prints", SWEEP_IN_DEMO if demo else SWEEP),
        "cards to print": _entry("registrants.sweep_card_prints", SWEEP_IN_DEMO if demo else SWEEP),
        "disposals": _entry("disposals.sweep", SWEEP_IN_DEMO if demo else dt.timedelta(minutes=1)),
        "files to destroy": _for_every_tenant("vault.destroy", dt.timedelta(minutes=5)),
        "holds": _for_every_tenant("bookings.forget_holds", dt.timedelta(minutes=10)),
        "bookings": _for_every_tenant("bookings.keep_states", dt.timedelta(minutes=5)),
        "reminders": _for_every_tenant("bookings.remind", dt.timedelta(minutes=5)),
        "openings of favourites": _entry("bookings.remind_of_openings", dt.timedelta(minutes=5)),
        "handovers": _for_every_tenant("compliance.handovers", dt.timedelta(minutes=15)),
        "registrations": _for_every_tenant("registrants.keep_states", dt.timedelta(hours=1)),
        "senior cards": _for_every_tenant("registrants.retoken", dt.timedelta(hours=1)),
        "evidence of incidents": _entry("compliance.make_evidence", SWEEP_IN_DEMO if demo else SWEEP),
        "void senior cards": _entry("registrants.purge_index", dt.timedelta(days=1)),
        "monitoring": _for_every_tenant("compliance.make_months", dt.timedelta(hours=1)),
        "monitoring reminders": _entry("compliance.remind_of_months", dt.timedelta(hours=1)),
        "staff sessions": _for_every_tenant("staff.forget_sessions", dt.timedelta(hours=1), and_shared=True),
        "staff tries": _for_every_tenant("staff.forget_tries", dt.timedelta(hours=1), and_shared=True),
        "second factors of ended IDs": _for_every_tenant("staff.forget_proofs", dt.timedelta(hours=1), and_shared=True),
        "IDs": _entry("compliance.keep_accounts", dt.timedelta(hours=1)),
        "portal sessions": _entry("accounts.forget_sessions", dt.timedelta(hours=1)),
    }


def _for_every_tenant(task: str, period: dt.timedelta, *, and_shared: bool = False) -> dict[str, Any]:
    return _entry("tenants.for_every_tenant", period, task_name=task, and_shared=and_shared)


def _entry(task: str, period: dt.timedelta, **arguments: object) -> dict[str, Any]:
    return {"task": task, "schedule": period, "kwargs": arguments, "options": {"expires": max(period.seconds, 60)}}
