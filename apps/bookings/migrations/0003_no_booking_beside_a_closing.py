"""A closed registrant books nothing, and whoever has bookings ahead is not closed: also where the services fail.

Both functions lock the registrant's row first, the booking's for share and the closing's for update, so of two that
come at once the second sees what the first has written. They run as the owner, since the portal may lock no registrant.
"""

from django.db import migrations

GUARD_BOOKING = """
CREATE OR REPLACE FUNCTION shared.guard_booking() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE is_closed boolean;
BEGIN
    EXECUTE format('SELECT true FROM %I.registrants_registrant WHERE id = $1 FOR SHARE', TG_TABLE_SCHEMA)
    USING NEW.registrant_id;
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.registrants_statespan WHERE registrant_id = $1'
                   ' AND state IN (''closed'', ''refused'') AND during @> $2)', TG_TABLE_SCHEMA)
    INTO is_closed USING NEW.registrant_id, NEW.day;
    IF is_closed THEN
        RAISE EXCEPTION 'a closed registrant books nothing'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_closed_registrant_books_nothing';
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION shared.guard_booking() FROM PUBLIC;
"""
GUARD_CLOSING = """
CREATE OR REPLACE FUNCTION shared.guard_closing() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE has_bookings boolean;
BEGIN
    EXECUTE format('SELECT true FROM %I.registrants_registrant WHERE id = $1 FOR NO KEY UPDATE', TG_TABLE_SCHEMA)
    USING NEW.registrant_id;
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.bookings_booking WHERE registrant_id = $1 AND $2 @> day'
                   ' AND upper(during) > now()'
                   ' AND (state IN (''under_review'', ''permitted'') OR state = ''hold'' AND hold_expires_at > now()))',
                   TG_TABLE_SCHEMA)
    INTO has_bookings USING NEW.registrant_id, NEW.during;
    IF has_bookings THEN
        RAISE EXCEPTION 'bookings ahead' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'whoever_has_bookings_ahead_is_not_closed';
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION shared.guard_closing() FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0002_mirrors_and_receipts"),
        ("registrants", "0003_first_span_and_numbers"),
    ]

    operations = [
        migrations.RunSQL(GUARD_BOOKING, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD_CLOSING, migrations.RunSQL.noop),
        migrations.RunSQL(
            "CREATE TRIGGER guard_new_booking BEFORE INSERT ON bookings_booking FOR EACH ROW"
            " WHEN (NEW.state IN ('hold', 'under_review', 'permitted') AND upper(NEW.during) > now())"
            " EXECUTE FUNCTION shared.guard_booking()",
            "DROP TRIGGER guard_new_booking ON bookings_booking",
        ),
        migrations.RunSQL(
            "CREATE TRIGGER guard_revived_booking BEFORE UPDATE OF state, registrant_id ON bookings_booking FOR EACH ROW"
            " WHEN (NEW.state IN ('under_review', 'permitted') AND OLD.state NOT IN ('under_review', 'permitted')"
            " AND upper(NEW.during) > now())"
            " EXECUTE FUNCTION shared.guard_booking()",
            "DROP TRIGGER guard_revived_booking ON bookings_booking",
        ),
        migrations.RunSQL(
            "CREATE TRIGGER guard_closing BEFORE INSERT OR UPDATE ON registrants_statespan FOR EACH ROW"
            " WHEN (NEW.state = 'closed') EXECUTE FUNCTION shared.guard_closing()",
            "DROP TRIGGER guard_closing ON registrants_statespan",
        ),
    ]
