"""What has been in force stays, and what a booking costs is never altered: also where the services fail.

A table's day of beginning is compared with the database's own day in Japan. The sum is looked at when the transaction
ends, because a fee and its lines come in two statements.
"""

from django.db import migrations

GUARD_TABLE = """
CREATE OR REPLACE FUNCTION shared.guard_fee_table() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    today date := (now() AT TIME ZONE 'Asia/Tokyo')::date;
    is_hit boolean;
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(TG_TABLE_SCHEMA || NEW.facility_id::text || NEW.kind, 0));
        EXECUTE format('SELECT EXISTS (SELECT FROM %I.bookings_feetable WHERE facility_id = $1 AND kind = $2'
                       ' AND room_id IS NOT DISTINCT FROM $3 AND valid_from <= $4)', TG_TABLE_SCHEMA)
        INTO is_hit USING NEW.facility_id, NEW.kind, NEW.room_id, today;
        is_hit := is_hit AND NEW.valid_from <= today;
    ELSIF TG_OP = 'DELETE' THEN
        EXECUTE format('SELECT EXISTS (SELECT FROM %I.bookings_feesheet WHERE $1 = ANY (tables))', TG_TABLE_SCHEMA)
        INTO is_hit USING OLD.id;
        is_hit := is_hit OR OLD.valid_from <= today;
    ELSE
        is_hit := true;
    END IF;
    IF is_hit THEN
        RAISE EXCEPTION 'what has been in force stays'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'what_has_been_in_force_stays';
    END IF;
    RETURN coalesce(NEW, OLD);
END
$$;
REVOKE ALL ON FUNCTION shared.guard_fee_table() FROM PUBLIC;
"""
GUARD_FEE = """
CREATE OR REPLACE FUNCTION shared.guard_fee() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'a fee is never altered' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_fee_is_never_altered';
END
$$;
REVOKE ALL ON FUNCTION shared.guard_fee() FROM PUBLIC;
"""
GUARD_SUM = """
CREATE OR REPLACE FUNCTION shared.guard_fee_sum() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    sheet uuid := CASE TG_TABLE_NAME WHEN 'bookings_feeline' THEN to_jsonb(NEW) ->> 'sheet_id'
                                     ELSE to_jsonb(NEW) ->> 'id' END;
    is_whole boolean;
BEGIN
    EXECUTE format('SELECT s.total = coalesce(sum(l.amount), 0) AND s.line_count = count(l.id)'
                   ' FROM %I.bookings_feesheet s LEFT JOIN %I.bookings_feeline l ON l.sheet_id = s.id'
                   ' WHERE s.id = $1 GROUP BY s.id', TG_TABLE_SCHEMA, TG_TABLE_SCHEMA)
    INTO is_whole USING sheet;
    IF NOT is_whole THEN
        RAISE EXCEPTION 'the lines add up to the fee'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'the_lines_add_up_to_the_fee';
    END IF;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION shared.guard_fee_sum() FROM PUBLIC;
"""
WHOLE_YEN = """
ALTER TABLE bookings_feetable ADD CONSTRAINT an_amount_is_whole_yen CHECK (
    jsonb_typeof(content) = 'object' AND NOT jsonb_path_exists(content,
        'lax $.**.amount ? (@.type() != "number" || @ < 0 || @.floor() != @)'))
"""


def trigger(name: str, table: str, event: str, function: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION shared.{function}()",
        f"DROP TRIGGER {name} ON {table}",
    )


def at_the_end(name: str, table: str, function: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE CONSTRAINT TRIGGER {name} AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
        f" EXECUTE FUNCTION shared.{function}()",
        f"DROP TRIGGER {name} ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("bookings", "0009_calendar_masters")]

    operations = [
        migrations.RunSQL(GUARD_TABLE, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD_FEE, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD_SUM, migrations.RunSQL.noop),
        migrations.RunSQL(WHOLE_YEN, "ALTER TABLE bookings_feetable DROP CONSTRAINT an_amount_is_whole_yen"),
        trigger("guard_fee_table", "bookings_feetable", "INSERT OR UPDATE OR DELETE", "guard_fee_table"),
        trigger("guard_fee_sheet", "bookings_feesheet", "UPDATE", "guard_fee"),
        trigger("guard_fee_line", "bookings_feeline", "UPDATE", "guard_fee"),
        at_the_end("guard_sum_of_sheet", "bookings_feesheet", "guard_fee_sum"),
        at_the_end("guard_sum_of_line", "bookings_feeline", "guard_fee_sum"),
    ]
