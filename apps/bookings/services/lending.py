"""Equipment goes with a booking (附属設備): reserved with the application, changed later, moved with the booking.

Whether there is enough is the database's to say, under a lock on the item: its guard's answer is told like any
shortage. Items are always taken in one order, so that nobody waits in a ring.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Final
from uuid import UUID

from django.db import IntegrityError, connection, models, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from apps.bookings.documents.data import Use
from apps.bookings.errors import NoStockError, UnknownEquipmentError
from apps.bookings.life_errors import NotByPortalError, NothingChangesError
from apps.bookings.models import Booking, Equipment, EquipmentUse, FeeCause, Reception
from apps.bookings.queries.equipment import Reserved, reserved
from apps.bookings.queries.terms import terms_on
from apps.bookings.rules.deadlines import check_deadline
from apps.bookings.rules.fees.use import EquipmentUse as Item
from apps.bookings.rules.lent_until import check_item_deadline, check_lent_then
from apps.bookings.rules.states import CITIZEN, PERMITTED, STAFF
from apps.bookings.services.acting import booking_for, change, traces
from apps.bookings.services.fees.pricing import charge_anew
from apps.bookings.services.issuing import change_document
from apps.bookings.services.sheets import use_of
from kernel import clock
from shared.actor import Actor
from shared.inserts import insert_together

GUARD: Final = "no_more_equipment_than_there_is"
PREFIX: Final = "equipment_"
"""Of the name of an item's field in a form; the item's code follows."""
LEND: Final = """
INSERT INTO bookings_equipmentuse (booking_id, equipment_id, during, quantity)
SELECT %(booking)s, e.id, tstzrange(%(starts)s - e.minutes_before * interval '1 minute',
                                    %(ends)s + e.minutes_after * interval '1 minute'), w.quantity
FROM unnest(%(codes)s::text[], %(quantities)s::int[]) w (code, quantity)
JOIN bookings_equipment e ON e.code = w.code AND e.facility_id = %(facility)s
WHERE (e.is_public OR NOT %(public)s OR e.id = ANY (%(had)s::uuid[])) AND e.valid_from <= %(day)s
AND (e.valid_until IS NULL OR e.valid_until >= %(day)s)
AND (NOT EXISTS (SELECT FROM bookings_equipmentroom r WHERE r.equipment_id = e.id)
     OR EXISTS (SELECT FROM bookings_equipmentroom r WHERE r.equipment_id = e.id AND r.room_id = %(room)s))
ORDER BY e.id
ON CONFLICT (booking_id, equipment_id) DO UPDATE SET quantity = excluded.quantity, during = excluded.during
"""


def lend(booking: Booking, items: Sequence[Item], *, public: bool, had: Collection[UUID] = ()) -> None:
    """Reserve ``items`` for a booking that occupies its room, with room at hand; one statement, none for no items.

    ``public``: only what citizens choose themselves, or what it ``had``. ``UnknownEquipmentError``, ``NoStockError``.
    """
    wanted = {one.code: one.quantity for one in items if one.quantity > 0}
    if not wanted:
        return
    values = {
        "booking": booking.pk,
        "facility": booking.room.facility_id,
        "room": booking.room_id,
        "day": booking.day,
        "starts": booking.during.lower,
        "ends": booking.during.upper,
        "codes": list(wanted),
        "quantities": list(wanted.values()),
        "public": public,
        "had": list(had),
    }
    with stock_told(), connection.cursor() as cursor:
        cursor.execute(LEND, values)
        if cursor.rowcount != len(wanted):
            raise UnknownEquipmentError(field="equipment")


def equip_by_citizen(*, actor: Actor, booking: UUID, items: Sequence[Item], seen_version: int | None = None) -> Booking:
    """Change what goes with a booking to ``items``, in time; what was decided on is changed at the counter.

    Raises the errors of ``booking_for`` and ``lend``, ``NotByPortalError``, ``TooLateForThisError``,
    ``TooLateForEquipmentError`` and ``NothingChangesError``.
    """
    with transaction.atomic():
        found = booking_for("equip", booking=booking, seen_version=seen_version, who=CITIZEN)
        if found.state == PERMITTED and found.room.reception != Reception.IMMEDIATE:
            raise NotByPortalError
        until = terms_on(found.room.facility_id, clock.today()).change_portal
        check_deadline(until, day=found.day, starts_at=found.during.lower, now=clock.now())
        return _equip(actor, found, items, public=True)


def equip_by_staff(
    *, actor: Actor, booking: UUID, items: Sequence[Item], seen_version: int | None = None, silent: bool = False
) -> Booking:
    """Change what goes with a booking at the desk, also after the use (実績); no deadline binds the desk.

    A permitted booking gets its 使用変更許可書. Raises the errors of ``booking_for`` and ``lend``, and
    ``NothingChangesError``.
    """
    with transaction.atomic():
        found = booking_for("equip", booking=booking, seen_version=seen_version, who=STAFF)
        return _equip(actor, found, items, public=False, silent=silent)


def follow(booking: Booking) -> None:
    """Move what a booking has reserved to its new span, after its parts are occupied; all or the change fails.

    ``NotLentThenError``, ``NoStockError``. One statement, and one for each item.
    """
    uses = EquipmentUse.objects.filter(booking=booking.pk).select_related("equipment").order_by("equipment_id")
    for use in uses.prefetch_related("equipment__equipment_rooms"):
        kind = use.equipment
        rooms = {one.room_id for one in kind.equipment_rooms.all()}
        fits = kind.facility_id == booking.room.facility_id and (not rooms or booking.room_id in rooms)
        check_lent_then(kind.name, kind.valid_from, kind.valid_until, booking.day, fits=fits)
        with stock_told():
            EquipmentUse.objects.filter(pk=use.pk).update(during=margins(kind, booking.during))


def margins(kind: Equipment, during: DateTimeTZRange) -> DateTimeTZRange:
    """The span for which a piece is out: the booking's with the time before and after."""
    before, after = dt.timedelta(minutes=kind.minutes_before), dt.timedelta(minutes=kind.minutes_after)
    return DateTimeTZRange(during.lower - before, during.upper + after)


@contextmanager
def stock_told(field: str = "") -> Iterator[None]:
    """Answer the database's guard like any shortage, beside ``field`` or the item's own."""
    try:
        yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        if diagnosis is None or diagnosis.constraint_name != GUARD:
            raise
        short = json.loads(diagnosis.message_detail or "{}")
        raise NoStockError(
            field=field or f"{PREFIX}{short.get('code', '')}",
            name=short.get("name", ""),
            left=short.get("left", 0),
        ) from None


def _equip(actor: Actor, found: Booking, items: Sequence[Item], *, public: bool, silent: bool = False) -> Booking:
    before = use_of(found)
    has = {one.kind.code: one for one in reserved(found.pk)}
    wanted = {one.code: one.quantity for one in items if one.quantity > 0}
    changed = [code for code in {*has, *wanted} if wanted.get(code, 0) != _quantity(has.get(code))]
    if not changed:
        raise NothingChangesError
    if public:
        for code in changed:
            _check_in_time(found, code, has)
    gone = [one.kind.pk for code, one in has.items() if code not in wanted]
    if gone:
        EquipmentUse.objects.filter(booking=found, equipment__in=gone).delete()
    more = [Item(code, wanted[code]) for code in changed if code in wanted]
    lend(found, more, public=public, had=[one.kind.pk for one in has.values()])
    change(found)
    charge_anew(actor, found, FeeCause.CHANGE)
    insert_together(*_told(actor, found, before, silent=silent))
    return found


def _check_in_time(found: Booking, code: str, has: dict[str, Reserved]) -> None:
    kind = has[code].kind if code in has else _kind(found, code)
    check_item_deadline(
        kind.name,
        kind.deadline_days,
        kind.deadline_at,
        day=found.day,
        starts_at=found.during.lower,
        now=clock.now(),
    )


def _kind(found: Booking, code: str) -> Equipment:
    kind = Equipment.objects.filter(facility=found.room.facility_id, code=code, is_public=True).first()
    if kind is None:
        raise UnknownEquipmentError(field="equipment")
    return kind


def _told(actor: Actor, found: Booking, before: Use, *, silent: bool) -> list[models.Model]:
    account: UUID | None = found.account  # type: ignore[attr-defined]  # annotated by booking_for
    document: list[models.Model] = []
    if found.state == PERMITTED and actor.kind == STAFF:
        document = [*change_document(found, before).rows]
    return [*document, *traces(actor, found, "equip", mail="equipped", account=None if silent else account)]


def _quantity(one: Reserved | None) -> int:
    return 0 if one is None else one.quantity
