"""Wording that has been in force stays, and what anybody is told of a document is never altered.

A version's day of beginning is compared with the database's own day in Japan; one that a document was made with stays
whatever the day is. ``gate.print_backlog`` tells, before any role is chosen, which tenants have a print job waiting.
"""

from django.db import migrations

GUARD_TEXT = """
CREATE OR REPLACE FUNCTION shared.guard_text_version() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    is_used boolean;
BEGIN
    IF TG_OP = 'DELETE' AND OLD.valid_from > (now() AT TIME ZONE 'Asia/Tokyo')::date THEN
        EXECUTE format('SELECT EXISTS (SELECT FROM %I.bookings_document WHERE $1 = ANY (texts))', TG_TABLE_SCHEMA)
        INTO is_used USING OLD.id;
        IF NOT is_used THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'wording in use stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'wording_in_use_stays';
END
$$;
REVOKE ALL ON FUNCTION shared.guard_text_version() FROM PUBLIC;
"""
GUARD_MARK = """
CREATE OR REPLACE FUNCTION shared.guard_paper_mark() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'a mark is never altered' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_mark_is_never_altered';
END
$$;
REVOKE ALL ON FUNCTION shared.guard_paper_mark() FROM PUBLIC;
"""
BACKLOG = """
CREATE OR REPLACE FUNCTION gate.print_backlog() RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    place text;
    is_waiting boolean;
BEGIN
    FOR place IN SELECT schema_name FROM shared.tenants_tenant WHERE state = 'active' LOOP
        CONTINUE WHEN to_regclass(format('%I.bookings_printjob', place)) IS NULL;
        EXECUTE format('SELECT EXISTS (SELECT FROM %I.bookings_printjob WHERE state = ''waiting'')', place)
        INTO is_waiting;
        IF is_waiting THEN
            RETURN NEXT place;
        END IF;
    END LOOP;
END
$$
"""


def trigger(name: str, table: str, event: str, function: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION shared.{function}()",
        f"DROP TRIGGER {name} ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("bookings", "0028_papers")]

    operations = [
        migrations.RunSQL(GUARD_TEXT, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD_MARK, migrations.RunSQL.noop),
        migrations.RunSQL(BACKLOG, migrations.RunSQL.noop),
        trigger("guard_text_version", "bookings_textversion", "UPDATE OR DELETE", "guard_text_version"),
        trigger("guard_paper_mark", "bookings_papermark", "UPDATE", "guard_paper_mark"),
    ]
