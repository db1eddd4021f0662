"""No more is received than a booking costs, nothing on a day that was closed, and nothing received is altered.

The functions lock the booking's row, so of two payments that come at once the second sees the first. They run as the
owner, so that the sum is of all rows.
"""

from django.db import migrations

GUARD_PAYMENT = """
CREATE OR REPLACE FUNCTION shared.guard_payment() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    owed integer;
    paid bigint;
    is_closed boolean;
BEGIN
    EXECUTE format('SELECT true FROM %I.bookings_booking WHERE id = $1 FOR NO KEY UPDATE', TG_TABLE_SCHEMA)
    USING NEW.booking_id;
    PERFORM pg_advisory_xact_lock_shared(hashtextextended(TG_TABLE_SCHEMA || 'cash' || NEW.day, 0));
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.bookings_cashday WHERE day = $1)', TG_TABLE_SCHEMA)
    INTO is_closed USING NEW.day;
    IF is_closed THEN
        RAISE EXCEPTION 'a closed day receives nothing'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_closed_day_receives_nothing';
    END IF;
    EXECUTE format('SELECT total FROM %I.bookings_feesheet WHERE booking_id = $1 ORDER BY number DESC LIMIT 1',
                   TG_TABLE_SCHEMA)
    INTO owed USING NEW.booking_id;
    EXECUTE format('SELECT coalesce(sum(p.amount), 0) FROM %I.bookings_payment p WHERE p.booking_id = $1'
                   ' AND NOT EXISTS (SELECT FROM %I.bookings_paymentvoid v WHERE v.payment_id = p.id)',
                   TG_TABLE_SCHEMA, TG_TABLE_SCHEMA)
    INTO paid USING NEW.booking_id;
    IF paid + NEW.amount > coalesce(owed, 0) THEN
        RAISE EXCEPTION 'no more is received than is owed'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'no_more_is_received_than_is_owed';
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION shared.guard_payment() FROM PUBLIC;
"""
GUARD_VOID = """
CREATE OR REPLACE FUNCTION shared.guard_void() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE is_closed boolean;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended(TG_TABLE_SCHEMA || 'cash' || NEW.day, 0));
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.bookings_cashday WHERE day = $1)', TG_TABLE_SCHEMA)
    INTO is_closed USING NEW.day;
    IF is_closed THEN
        RAISE EXCEPTION 'a closed day receives nothing'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_closed_day_receives_nothing';
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION shared.guard_void() FROM PUBLIC;
"""
GUARD_CASH = """
CREATE OR REPLACE FUNCTION shared.guard_cash_day() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE expected bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(TG_TABLE_SCHEMA || 'cash' || NEW.day, 0));
    EXECUTE format('SELECT coalesce((SELECT sum(amount) FROM %I.bookings_payment WHERE day = $1 AND method = ''cash''), 0)'
                   ' - coalesce((SELECT sum(p.amount) FROM %I.bookings_paymentvoid v'
                   ' JOIN %I.bookings_payment p ON p.id = v.payment_id WHERE v.day = $1 AND p.method = ''cash''), 0)',
                   TG_TABLE_SCHEMA, TG_TABLE_SCHEMA, TG_TABLE_SCHEMA)
    INTO expected USING NEW.day;
    IF expected <> NEW.expected THEN
        RAISE EXCEPTION 'the day is what was received'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'the_day_is_what_was_received';
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION shared.guard_cash_day() FROM PUBLIC;
"""


def before_insert(name: str, table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION shared.{name}()",
        f"DROP TRIGGER {name} ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("bookings", "0013_no_window_on_the_room")]

    operations = [
        migrations.RunSQL(GUARD_PAYMENT, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD_VOID, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD_CASH, migrations.RunSQL.noop),
        before_insert("guard_payment", "bookings_payment"),
        before_insert("guard_void", "bookings_paymentvoid"),
        before_insert("guard_cash_day", "bookings_cashday"),
    ]
