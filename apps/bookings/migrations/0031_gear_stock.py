"""The guard of the stock says what is short and how many are left, and looks only at the hours in question."""

from django.db import migrations

STOCK = """
CREATE OR REPLACE FUNCTION shared.guard_stock() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    thing uuid; span tstzrange; mine bigint; counted boolean; code text; name text; least bigint;
BEGIN
    thing := CASE WHEN TG_OP = 'DELETE' THEN OLD.equipment_id ELSE NEW.equipment_id END;
    EXECUTE format('SELECT is_counted, code, name FROM %I.bookings_equipment WHERE id = $1 FOR NO KEY UPDATE',
                   TG_TABLE_SCHEMA) INTO counted, code, name USING thing;
    IF counted IS NOT TRUE THEN
        RETURN NULL;
    END IF;
    span := tstzrange(NULL, NULL);
    IF TG_TABLE_NAME = 'bookings_equipmentuse' THEN
        span := to_jsonb(NEW) ->> 'during';
        mine := (to_jsonb(NEW) ->> 'id')::bigint;
    END IF;
    EXECUTE format($query$
        WITH used AS (
            SELECT u.id, u.during * $2 AS during, u.quantity FROM %1$I.bookings_equipmentuse u
            WHERE u.equipment_id = $1 AND upper(u.during) > now() AND u.during && $2
              AND EXISTS (SELECT FROM %1$I.bookings_occupation o WHERE o.booking_id = u.booking_id
                          AND (o.expires_at IS NULL OR o.expires_at > now()))),
        moments AS (
            SELECT lower(during) AS moment FROM used
            UNION SELECT s.valid_from::timestamp AT TIME ZONE 'Asia/Tokyo' FROM %1$I.bookings_equipmentstock s
            WHERE s.equipment_id = $1 AND $2 @> (s.valid_from::timestamp AT TIME ZONE 'Asia/Tokyo'))
        SELECT min(coalesce((SELECT s.quantity FROM %1$I.bookings_equipmentstock s WHERE s.equipment_id = $1
                             AND s.valid_from <= (m.moment AT TIME ZONE 'Asia/Tokyo')::date
                             ORDER BY s.valid_from DESC LIMIT 1), 0)
                   - (SELECT sum(used.quantity) FROM used WHERE used.during @> m.moment))
        FROM moments m
    $query$, TG_TABLE_SCHEMA) INTO least USING thing, span;
    IF least < 0 THEN
        IF mine IS NOT NULL THEN
            least := least + (to_jsonb(NEW) ->> 'quantity')::bigint;
        END IF;
        RAISE EXCEPTION 'more equipment than there is' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'no_more_equipment_than_there_is',
        DETAIL = jsonb_build_object('code', code, 'name', name, 'left', greatest(least, 0))::text;
    END IF;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION shared.guard_stock() FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("bookings", "0030_gear_equipment")]

    operations = [migrations.RunSQL(STOCK, migrations.RunSQL.noop)]
