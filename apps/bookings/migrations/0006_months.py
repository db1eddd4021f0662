"""What was closed is not entered into: also where the services fail, and where two do both at once.

An entry takes the month's lock for itself and others like it, a closing takes it alone; so an entry is either in the
figures that were sent, or refused.
"""

from django.db import migrations

GUARD_MONTH = """
CREATE OR REPLACE FUNCTION shared.guard_month() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE place uuid; of_booking date; is_closed boolean;
BEGIN
    IF TG_TABLE_NAME = 'bookings_daycount' THEN
        place := NEW.facility_id;
    ELSE
        EXECUTE format('SELECT r.facility_id, b.day FROM %1$I.bookings_booking b'
                       ' JOIN %1$I.bookings_room r ON r.id = b.room_id WHERE b.id = $1', TG_TABLE_SCHEMA)
        INTO place, of_booking USING NEW.booking_id;
        IF of_booking IS DISTINCT FROM NEW.day THEN
            RAISE EXCEPTION 'a use is on its day' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_use_is_on_its_day';
        END IF;
    END IF;
    PERFORM pg_advisory_xact_lock_shared(hashtextextended(format('month/%s/%s', place, to_char(NEW.day, 'YYYY-MM')), 0));
    EXECUTE format('SELECT deed = ''close'' FROM %I.bookings_monthdeed WHERE facility_id = $1 AND month = $2'
                   ' ORDER BY number DESC LIMIT 1', TG_TABLE_SCHEMA)
    INTO is_closed USING place, date_trunc('month', NEW.day)::date;
    IF is_closed THEN
        RAISE EXCEPTION 'the month is closed'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'nothing_is_entered_into_a_closed_month';
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION shared.guard_month() FROM PUBLIC;
"""
GUARD_TURN = """
CREATE OR REPLACE FUNCTION shared.guard_month_turn() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE last_number integer; last_deed text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(format('month/%s/%s', NEW.facility_id, to_char(NEW.month, 'YYYY-MM')), 0));
    EXECUTE format('SELECT number, deed FROM %I.bookings_monthdeed WHERE facility_id = $1 AND month = $2'
                   ' ORDER BY number DESC LIMIT 1', TG_TABLE_SCHEMA)
    INTO last_number, last_deed USING NEW.facility_id, NEW.month;
    IF NEW.number <> coalesce(last_number, 0) + 1 OR NEW.deed = coalesce(last_deed, 'reopen') THEN
        RAISE EXCEPTION 'closing and opening again take turns'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'closing_and_opening_again_take_turns';
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION shared.guard_month_turn() FROM PUBLIC;
"""


def trigger(name: str, table: str, function: str, events: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE {events} ON {table} FOR EACH ROW EXECUTE FUNCTION shared.{function}()",
        f"DROP TRIGGER {name} ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("bookings", "0005_use")]

    operations = [
        migrations.RunSQL(GUARD_MONTH, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD_TURN, migrations.RunSQL.noop),
        trigger("guard_use", "bookings_userecord", "guard_month", "INSERT OR UPDATE"),
        trigger("guard_day_count", "bookings_daycount", "guard_month", "INSERT OR UPDATE"),
        trigger("guard_month_turn", "bookings_monthdeed", "guard_month_turn", "INSERT"),
    ]
