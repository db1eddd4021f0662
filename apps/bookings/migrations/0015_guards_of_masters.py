"""What no path may do: a loud use beside a quiet one where the rooms refuse it, and more equipment than there is.

Both take a row first, the pair of rooms or the equipment, so that of two at once the second sees the first.
They run as the owner: a citizen's role sees no other citizen's booking.
"""

from django.db import migrations

NEIGHBOURS = """
CREATE OR REPLACE FUNCTION shared.guard_neighbours() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE loud boolean; quiet boolean; other text;
BEGIN
    EXECUTE format('SELECT is_loud, needs_quiet FROM %I.bookings_purpose WHERE code = $1', TG_TABLE_SCHEMA)
    INTO loud, quiet USING NEW.purpose_id;
    IF loud IS NOT TRUE AND quiet IS NOT TRUE THEN
        RETURN NEW;
    END IF;
    EXECUTE format('SELECT count(*) FROM (SELECT FROM %I.bookings_roomneighbour WHERE strictness = ''refuse'''
                   ' AND (room_id = $1 OR neighbour_id = $1) ORDER BY id FOR UPDATE) locked', TG_TABLE_SCHEMA)
    USING NEW.room_id;
    EXECUTE format($query$
        SELECT r.name FROM %1$I.bookings_roomneighbour n
        JOIN %1$I.bookings_booking b ON b.room_id = CASE WHEN n.room_id = $1 THEN n.neighbour_id ELSE n.room_id END
        JOIN %1$I.bookings_room r ON r.id = b.room_id
        JOIN %1$I.bookings_purpose p ON p.code = b.purpose_id
        WHERE n.strictness = 'refuse' AND (n.room_id = $1 OR n.neighbour_id = $1) AND b.id <> $2
          AND b.during && $3 AND ($4 AND p.needs_quiet OR $5 AND p.is_loud)
          AND EXISTS (SELECT FROM %1$I.bookings_occupation o WHERE o.booking_id = b.id AND o.kind = 'booking')
        LIMIT 1
    $query$, TG_TABLE_SCHEMA) INTO other USING NEW.room_id, NEW.id, NEW.during, loud, quiet;
    IF other IS NOT NULL THEN
        RAISE EXCEPTION 'a loud use beside a quiet one' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'no_loud_use_beside_a_quiet_one', DETAIL = other;
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION shared.guard_neighbours() FROM PUBLIC;
"""
STOCK = """
CREATE OR REPLACE FUNCTION shared.guard_stock() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE thing uuid; counted boolean; short boolean;
BEGIN
    thing := CASE WHEN TG_OP = 'DELETE' THEN OLD.equipment_id ELSE NEW.equipment_id END;
    EXECUTE format('SELECT is_counted FROM %I.bookings_equipment WHERE id = $1 FOR UPDATE', TG_TABLE_SCHEMA)
    INTO counted USING thing;
    IF counted IS NOT TRUE THEN
        RETURN NULL;
    END IF;
    EXECUTE format($query$
        WITH used AS (
            SELECT u.during, u.quantity FROM %1$I.bookings_equipmentuse u
            WHERE u.equipment_id = $1 AND upper(u.during) > now()
              AND EXISTS (SELECT FROM %1$I.bookings_occupation o WHERE o.booking_id = u.booking_id
                          AND (o.expires_at IS NULL OR o.expires_at > now()))),
        moments AS (
            SELECT lower(during) AS moment FROM used
            UNION SELECT s.valid_from::timestamp AT TIME ZONE 'Asia/Tokyo' FROM %1$I.bookings_equipmentstock s
            WHERE s.equipment_id = $1)
        SELECT EXISTS (SELECT FROM moments m
            WHERE (SELECT sum(used.quantity) FROM used WHERE used.during @> m.moment)
                > coalesce((SELECT s.quantity FROM %1$I.bookings_equipmentstock s WHERE s.equipment_id = $1
                            AND s.valid_from <= (m.moment AT TIME ZONE 'Asia/Tokyo')::date
                            ORDER BY s.valid_from DESC LIMIT 1), 0))
    $query$, TG_TABLE_SCHEMA) INTO short USING thing;
    IF short THEN
        RAISE EXCEPTION 'more equipment than there is' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'no_more_equipment_than_there_is';
    END IF;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION shared.guard_stock() FROM PUBLIC;
"""


def guard(name: str, table: str, when: str) -> migrations.RunSQL:
    return migrations.RunSQL(f"CREATE TRIGGER {name} {when}", f"DROP TRIGGER {name} ON bookings_{table}")


class Migration(migrations.Migration):
    dependencies = [("bookings", "0014_payments_are_kept")]

    operations = [
        migrations.RunSQL(NEIGHBOURS, migrations.RunSQL.noop),
        migrations.RunSQL(STOCK, migrations.RunSQL.noop),
        guard(
            "guard_neighbours_of_new",
            "booking",
            "BEFORE INSERT ON bookings_booking FOR EACH ROW WHEN (NEW.purpose_id IS NOT NULL)"
            " EXECUTE FUNCTION shared.guard_neighbours()",
        ),
        guard(
            "guard_neighbours_of_changed",
            "booking",
            "BEFORE UPDATE OF purpose_id, room_id, during ON bookings_booking FOR EACH ROW"
            " WHEN (NEW.purpose_id IS NOT NULL AND (OLD.purpose_id, OLD.room_id, OLD.during)"
            " IS DISTINCT FROM (NEW.purpose_id, NEW.room_id, NEW.during))"
            " EXECUTE FUNCTION shared.guard_neighbours()",
        ),
        guard(
            "guard_stock_of_uses",
            "equipmentuse",
            "AFTER INSERT OR UPDATE ON bookings_equipmentuse FOR EACH ROW EXECUTE FUNCTION shared.guard_stock()",
        ),
        guard(
            "guard_stock",
            "equipmentstock",
            "AFTER INSERT OR UPDATE OR DELETE ON bookings_equipmentstock FOR EACH ROW"
            " EXECUTE FUNCTION shared.guard_stock()",
        ),
    ]
