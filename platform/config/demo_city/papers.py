"""Documents of the demonstration: words of a facility's own, options, and a file of permits that waits to be opened."""

from __future__ import annotations

import datetime as dt
from typing import Final

from apps.bookings.models import Facility, PaperOptions, PrintJob, TextVersion
from apps.bookings.queries.prints import unprinted
from apps.bookings.services.print_jobs import make_waiting, order_prints
from config.demo_city.rooms import SINCE
from kernel import clock
from shared.actor import Actor
from shared.inserts import insert_together
from shared.staff.models import StaffAccount

CONDITIONS: Final = (
    "使用の際は、この許可書を携帯し、係員の求めがあったときは提示すること。",
    "許可を受けた目的以外に使用し、又は使用する権利を他人に譲渡し、若しくは転貸しないこと。",
    "使用を終えたときは、直ちに施設及び設備を原状に回復し、係員の点検を受けること。",
    "定員を超えて入場させないこと。",
)
COMING: Final = (*CONDITIONS, "発電機その他の火気を使用する器具を持ち込まないこと。")
FROM: Final = 45
"""Days until the newer version holds."""
PERMITS: Final = 12


def set_words() -> None:
    """Conditions of the facility's own, newer ones that are to come, and boxes for approval on the application."""
    if TextVersion.objects.exists():
        return
    now, first = clock.now(), Facility.objects.first()
    if first is None:
        return
    said = (
        (2, SINCE, CONDITIONS, "令和8年規則第3号（例示）"),
        (3, clock.today() + dt.timedelta(days=FROM), COMING, "令和8年規則第9号（例示）"),
    )
    rows = [
        TextVersion(
            key="permit.conditions",
            number=number,
            valid_from=day,
            paragraphs=list(lines),
            note=note,
            entered_at=now,
        )
        for number, day, lines, note in said
    ]
    options = PaperOptions(facility=first, valid_from=SINCE, approvals=["館長", "係長", "係"], entered_at=now)
    insert_together(*rows, options)


def print_some() -> None:
    """One file of permits that is ready, ordered by whoever sits at the counter."""
    clerk = StaffAccount.objects.order_by("login_id").first()
    if clerk is None or PrintJob.objects.exists():
        return
    wanted = list(unprinted().values_list("pk", flat=True)[:PERMITS])
    if wanted:
        order_prints(actor=Actor(kind="staff", id=clerk.pk), bookings=wanted)
        make_waiting()
