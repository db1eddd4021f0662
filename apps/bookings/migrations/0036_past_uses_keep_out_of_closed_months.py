"""What was closed is not added to by an import either: also where the service fails, and where two do both at once.

Of each statement, since imports write many rows by one; whose use it was, and whether its fee was settled, may change.
"""

from django.db import migrations

GUARD = """
CREATE OR REPLACE FUNCTION shared.guard_past() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    touched text := CASE TG_OP
        WHEN 'INSERT' THEN 'SELECT room_id, day FROM fresh'
        ELSE 'SELECT v.room_id, v.day FROM fresh n JOIN stale o USING (id)'
             ' CROSS JOIN LATERAL (VALUES (n.room_id, n.day), (o.room_id, o.day)) v(room_id, day)'
             ' WHERE (n.room_id, n.day, n.state, n.starts_at, n.ends_at, n.headcount, n.fee)'
             ' IS DISTINCT FROM (o.room_id, o.day, o.state, o.starts_at, o.ends_at, o.headcount, o.fee)' END;
    places uuid[]; months date[]; is_closed boolean;
BEGIN
    EXECUTE format('SELECT array_agg(place), array_agg(month) FROM (SELECT DISTINCT r.facility_id AS place,'
                   ' date_trunc(''month'', t.day)::date AS month FROM (%s) t JOIN %I.bookings_room r'
                   ' ON r.id = t.room_id ORDER BY 1, 2) found', touched, TG_TABLE_SCHEMA) INTO places, months;
    PERFORM pg_advisory_xact_lock_shared(hashtextextended(format('month/%s/%s', place, to_char(month, 'YYYY-MM')), 0))
    FROM unnest(places, months) AS t(place, month);
    EXECUTE format('SELECT EXISTS (SELECT FROM unnest($1, $2) AS t(place, month) CROSS JOIN LATERAL ('
                   'SELECT deed FROM %I.bookings_monthdeed WHERE facility_id = place AND month = t.month'
                   ' ORDER BY number DESC LIMIT 1) last WHERE last.deed = ''close'')', TG_TABLE_SCHEMA)
    INTO is_closed USING places, months;
    IF is_closed THEN
        RAISE EXCEPTION 'the month is closed'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'nothing_is_entered_into_a_closed_month';
    END IF;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION shared.guard_past() FROM PUBLIC;
"""
NEW = """
CREATE TRIGGER guard_new_past AFTER INSERT ON bookings_pastbooking
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION shared.guard_past()
"""
CHANGED = """
CREATE TRIGGER guard_changed_past AFTER UPDATE ON bookings_pastbooking
REFERENCING OLD TABLE AS stale NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION shared.guard_past()
"""


class Migration(migrations.Migration):
    dependencies = [("bookings", "0035_waits_end_with_a_link")]

    operations = [
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
        migrations.RunSQL(NEW, "DROP TRIGGER guard_new_past ON bookings_pastbooking"),
        migrations.RunSQL(CHANGED, "DROP TRIGGER guard_changed_past ON bookings_pastbooking"),
    ]
