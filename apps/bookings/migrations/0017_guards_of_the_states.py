"""The guards of before know the new states, and whatever a booking is given up to holds no room."""

from django.db import migrations

GUARD_CLOSING = """
CREATE OR REPLACE FUNCTION shared.guard_closing() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE has_bookings boolean;
BEGIN
    EXECUTE format('SELECT true FROM %I.registrants_registrant WHERE id = $1 FOR NO KEY UPDATE', TG_TABLE_SCHEMA)
    USING NEW.registrant_id;
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.bookings_booking WHERE registrant_id = $1 AND $2 @> day'
                   ' AND upper(during) > now() AND (state IN (''tentative'', ''under_review'', ''deferred'', ''permitted'')'
                   ' OR state = ''hold'' AND hold_expires_at > now()))',
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
GUARD_FREED = """
CREATE OR REPLACE FUNCTION shared.guard_freed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE is_there boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.bookings_occupation o JOIN %I.bookings_booking b ON b.id = o.booking_id'
                   ' WHERE b.id = $1 AND b.state IN (''refused'', ''cancelled'', ''called_off'', ''revoked'', ''expired''))',
                   TG_TABLE_SCHEMA, TG_TABLE_SCHEMA)
    INTO is_there USING NEW.id;
    IF is_there THEN
        RAISE EXCEPTION 'a booking that is over holds no room' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'what_is_over_holds_no_room';
    END IF;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION shared.guard_freed() FROM PUBLIC;
"""
AHEAD = "'tentative', 'under_review', 'deferred', 'permitted'"


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0016_life_of_a_booking"),
        ("registrants", "0003_first_span_and_numbers"),
    ]

    operations = [
        migrations.RunSQL(GUARD_CLOSING, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD_FREED, migrations.RunSQL.noop),
        migrations.RunSQL(
            "DROP TRIGGER guard_new_booking ON bookings_booking;"
            " CREATE TRIGGER guard_new_booking BEFORE INSERT ON bookings_booking FOR EACH ROW"
            f" WHEN (NEW.state IN ('hold', {AHEAD}) AND upper(NEW.during) > now())"
            " EXECUTE FUNCTION shared.guard_booking()",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "DROP TRIGGER guard_revived_booking ON bookings_booking;"
            " CREATE TRIGGER guard_revived_booking BEFORE UPDATE OF state, registrant_id, day ON bookings_booking"
            f" FOR EACH ROW WHEN (NEW.state IN ({AHEAD}) AND (OLD.state NOT IN ({AHEAD}) OR OLD.day <> NEW.day)"
            " AND upper(NEW.during) > now())"
            " EXECUTE FUNCTION shared.guard_booking()",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "CREATE CONSTRAINT TRIGGER guard_freed AFTER UPDATE OF state ON bookings_booking"
            " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
            " WHEN (NEW.state IN ('refused', 'cancelled', 'called_off', 'revoked', 'expired'))"
            " EXECUTE FUNCTION shared.guard_freed()",
            "DROP TRIGGER guard_freed ON bookings_booking",
        ),
    ]
