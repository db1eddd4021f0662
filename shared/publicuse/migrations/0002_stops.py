"""An order that stops new bookings: which parts take none, and what the public sees of it.

The functions run as the owner. The city writes orders and places only, and a facility tells its state; the stop, and
the rows of the read model that show it, follow from these by triggers. A booking's insert asks the stop in a trigger of
its own table, so its path has no statement more.
"""

from django.db import migrations

PLACED = """
CREATE FUNCTION shared.publicuse_placed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM unnest(NEW.rooms) AS named (id) WHERE NOT EXISTS (
            SELECT FROM occupancy_roomlisting l
            WHERE l.room = named.id AND l.tenant = NEW.tenant AND l.facility = NEW.facility)) THEN
        RAISE EXCEPTION 'a room of another facility'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'an_order_names_the_rooms_of_its_facility';
    END IF;
    IF NOT EXISTS (SELECT FROM publicuse_order o WHERE o.id = NEW.order_id AND o.stops) THEN
        RETURN NULL;
    END IF;
    WITH stopped AS (
        INSERT INTO publicuse_stop (id, place_id, tenant, part, during)
        SELECT gen_random_uuid(), NEW.id, NEW.tenant, part, span
        FROM (SELECT DISTINCT unnest(l.parts) AS part FROM occupancy_roomlisting l WHERE l.room = ANY (NEW.rooms)) p,
             publicuse_order o, unnest(o.spans) span
        WHERE o.id = NEW.order_id
        RETURNING id, part, during)
    INSERT INTO occupancy_occupancy (occupation, day, tenant, facility, part, kind, starts_at, ends_at)
    SELECT s.id, d::date, NEW.tenant, NEW.facility, s.part, 'city_use', lower(s.during), upper(s.during)
    FROM stopped s,
         generate_series((lower(s.during) AT TIME ZONE 'Asia/Tokyo')::date,
                         ((upper(s.during) - interval '1 microsecond') AT TIME ZONE 'Asia/Tokyo')::date,
                         interval '1 day') d;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION shared.publicuse_placed() FROM PUBLIC;
"""
MOVED = """
CREATE FUNCTION shared.publicuse_moved() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    IF (OLD.state, NEW.state) NOT IN (('sent', 'received'), ('received', 'received'), ('received', 'done'),
            ('received', 'over'), ('sent', 'over'), ('done', 'done'), ('done', 'over')) THEN
        RAISE EXCEPTION 'an order goes forward'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'an_order_goes_forward';
    END IF;
    IF NEW.state IN ('done', 'over') THEN
        WITH gone AS (DELETE FROM publicuse_stop WHERE place_id = NEW.id RETURNING id)
        DELETE FROM occupancy_occupancy WHERE tenant = NEW.tenant AND occupation IN (SELECT id FROM gone);
    END IF;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION shared.publicuse_moved() FROM PUBLIC;
"""
ENDED = """
CREATE FUNCTION shared.publicuse_ended() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'an order ends once' USING ERRCODE = 'check_violation', CONSTRAINT = 'an_order_ends_once';
    END IF;
    UPDATE publicuse_place SET state = 'over'
    WHERE order_id = NEW.id AND state IN ('sent', 'received');
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION shared.publicuse_ended() FROM PUBLIC;
"""
GUARD_STOPPED = """
CREATE FUNCTION shared.guard_stopped() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM publicuse_stop s
               WHERE s.part = NEW.part_id AND s.tenant = TG_TABLE_SCHEMA AND s.during && NEW.during) THEN
        RAISE EXCEPTION 'no new booking: the city needs the room'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'stopped_for_public_use';
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION shared.guard_stopped() FROM PUBLIC;
"""


def trigger(name: str, table: str, when: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} AFTER {when} ON {table} FOR EACH ROW EXECUTE FUNCTION shared.{name}()",
        f"DROP TRIGGER {name} ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("publicuse", "0001_initial"), ("occupancy", "0003_calendar")]

    operations = [
        migrations.RunSQL(PLACED, "DROP FUNCTION shared.publicuse_placed()"),
        migrations.RunSQL(MOVED, "DROP FUNCTION shared.publicuse_moved()"),
        migrations.RunSQL(ENDED, "DROP FUNCTION shared.publicuse_ended()"),
        migrations.RunSQL(GUARD_STOPPED, "DROP FUNCTION shared.guard_stopped()"),
        trigger("publicuse_placed", "publicuse_place", "INSERT"),
        trigger("publicuse_moved", "publicuse_place", "UPDATE"),
        trigger("publicuse_ended", "publicuse_order", "UPDATE"),
    ]
