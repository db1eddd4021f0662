"""What was carried out is not rewritten, and where the city has stopped new bookings none is taken."""

from django.db import migrations

GUARD_DISPLACEMENT = """
CREATE OR REPLACE FUNCTION shared.guard_displacement() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (OLD.state, NEW.state) NOT IN (
            ('drafted', 'drafted'), ('drafted', 'found'), ('drafted', 'called_off'), ('found', 'found'),
            ('found', 'drafted'), ('found', 'called_off'), ('found', 'done'), ('done', 'done'), ('done', 'ended')) THEN
        RAISE EXCEPTION 'a displacement goes forward'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_displacement_goes_forward';
    END IF;
    IF OLD.state = 'done' AND (OLD.facility_id, OLD.place, OLD.occasion, OLD.detail, OLD.article, OLD.reason, OLD.spans,
            OLD.carried_at, OLD.carried_by, OLD.figures) IS DISTINCT FROM (NEW.facility_id, NEW.place, NEW.occasion,
            NEW.detail, NEW.article, NEW.reason, NEW.spans, NEW.carried_at, NEW.carried_by, NEW.figures) THEN
        RAISE EXCEPTION 'what was carried out stays as it is'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'what_was_carried_out_stays';
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION shared.guard_displacement() FROM PUBLIC;
"""
GUARD_HIT = """
CREATE OR REPLACE FUNCTION shared.guard_displacement_hit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE was text;
BEGIN
    EXECUTE format('SELECT state FROM %I.bookings_displacement WHERE id = $1 FOR KEY SHARE', TG_TABLE_SCHEMA)
    INTO was USING coalesce(NEW.displacement_id, OLD.displacement_id);
    IF was IN ('drafted', 'found') THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    IF TG_OP <> 'UPDATE' OR (to_jsonb(OLD) - 'printed' - 'notice') IS DISTINCT FROM
            (to_jsonb(NEW) - 'printed' - 'notice') THEN
        RAISE EXCEPTION 'what was carried out stays as it is'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'what_was_carried_out_stays';
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION shared.guard_displacement_hit() FROM PUBLIC;
"""


def guard(name: str, table: str, when: str, function: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE {when} EXECUTE FUNCTION shared.{function}()",
        f"DROP TRIGGER {name} ON bookings_{table}",
    )


class Migration(migrations.Migration):
    dependencies = [("bookings", "0023_displacement")]

    operations = [
        migrations.RunSQL(GUARD_DISPLACEMENT, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD_HIT, migrations.RunSQL.noop),
        guard(
            "guard_displacement",
            "displacement",
            "UPDATE OR DELETE ON bookings_displacement FOR EACH ROW",
            "guard_displacement",
        ),
        guard(
            "guard_displacement_hit",
            "displacementhit",
            "INSERT OR UPDATE OR DELETE ON bookings_displacementhit FOR EACH ROW",
            "guard_displacement_hit",
        ),
        guard(
            "guard_stopped",
            "occupation",
            "INSERT OR UPDATE OF part_id, during ON bookings_occupation FOR EACH ROW"
            " WHEN (NEW.kind IN ('hold', 'booking'))",
            "guard_stopped",
        ),
    ]
