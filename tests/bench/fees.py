"""A thousand fees, against a bare SQL sum of the same prices. Alone: ``python -m tests.bench.fees``."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.bench.alone import run_alone

COUNT = 1000
SUM = """
SELECT sum((price ->> 'amount')::int) FROM (
    SELECT content FROM bookings_feetable
    WHERE kind = 'tariff' AND room_id = %s AND valid_from <= %s ORDER BY valid_from DESC LIMIT 1
) held, jsonb_array_elements(content -> 'prices') price
WHERE (price -> 'slots' ->> 0)::int = ANY (%s)
"""


def rate(work: Callable[[], object]) -> float:
    """How many a second."""
    began = time.perf_counter()
    for _ in range(COUNT):
        work()
    return COUNT / (time.perf_counter() - began)


def measure_fees() -> None:
    """Print the bare sum, the rules alone, and a fee with what is read for it, alone and with an application."""
    from django.db import connection

    from apps.bookings.queries.fees import tables_on
    from apps.bookings.queries.grounds import seen_hold
    from apps.bookings.queries.offers import offer_of
    from apps.bookings.rules.fees.use import ClimateUse, Facts
    from apps.bookings.services.fees.pricing import Wanted, price, price_by, price_for
    from tests import factories
    from tests.support.fees import fee_tables
    from tests.support.scopes import as_tenant
    from tests.support.tenants import CHUO

    room, person, day = factories.meeting_room(), factories.individual(address="別の市1番地"), factories.soon()
    fee_tables(room)
    facts = Facts(commercial=True, climate=(ClimateUse("heating"),), outside=True, reduction="support")
    wanted = Wanted(person.pk, day, (1, 2))
    citizen = factories.citizen_with_registration()
    held = factories.booking_on_hold(citizen, room, day=day, slots=(1, 2)).pk

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(SUM, [room.pk, day, [1, 2]])
            cursor.fetchone()

    def applied_for() -> object:
        seen = seen_hold(held)
        return price_for(seen.ground.tables, wanted, seen.ground.offer, facts, seen.who.home)

    with as_tenant(CHUO):
        offer = offer_of(room.pk, schema=CHUO)
        in_force = tables_on(room.facility_id, room.pk, day)
        assert in_force is not None
        sums = rate(bare)
        rules = rate(lambda: price_by(in_force, wanted, offer, facts))
        whole = rate(lambda: price(wanted, offer, facts))
        application = rate(applied_for)
    print(f"{COUNT} fees: the bare SQL sum of their prices {sums:.0f}/s", flush=True)
    print(f"  the rules alone, tables read once: {rules:.0f}/s, {rules / sums:.2f} of the sum", flush=True)
    print(f"  with tables and residence read for each: {whole:.0f}/s, {whole / sums:.2f} of the sum", flush=True)
    told = f"{application:.0f}/s, {application / sums:.2f} of the sum"
    print(f"  with the one statement of an application (hold, room, terms, tables, person): {told}", flush=True)


if __name__ == "__main__":
    run_alone(measure_fees)
