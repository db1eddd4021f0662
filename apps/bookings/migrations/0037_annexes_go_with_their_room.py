"""Of an annex that ended with its room's booking it is kept with which one, and the database looks that it fits."""

import django.db.models.deletion
from django.db import migrations, models

GUARD_WENT_WITH = """
CREATE OR REPLACE FUNCTION shared.guard_went_with() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    is_fit boolean;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.went_with_id IS NOT NULL THEN
        RAISE EXCEPTION 'with what it went stays' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'an_annex_went_with_its_room';
    END IF;
    EXECUTE format('SELECT b.state IN (''refused'', ''cancelled'', ''called_off'', ''revoked'', ''expired'')'
                   ' AND b.registrant_id = $2 AND r.parent_id = b.room_id AND b.during && $4'
                   ' FROM %1$I.bookings_booking b JOIN %1$I.bookings_room r ON r.id = $3 WHERE b.id = $1',
                   TG_TABLE_SCHEMA)
    INTO is_fit USING NEW.went_with_id, NEW.registrant_id, NEW.room_id, NEW.during;
    IF is_fit IS NOT TRUE THEN
        RAISE EXCEPTION 'an annex went with its room' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'an_annex_went_with_its_room';
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION shared.guard_went_with() FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("bookings", "0036_past_uses_keep_out_of_closed_months")]

    operations = [
        migrations.AddField(
            model_name="booking",
            name="went_with",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="took_along",
                to="bookings.booking",
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("went_with__isnull", True),
                    ("state__in", ["refused", "cancelled", "called_off", "revoked", "expired"]),
                    _connector="OR",
                ),
                name="only_what_ended_went_along",
            ),
        ),
        migrations.RunSQL(GUARD_WENT_WITH, migrations.RunSQL.noop),
        migrations.RunSQL(
            "CREATE TRIGGER guard_went_with_new BEFORE INSERT ON bookings_booking FOR EACH ROW"
            " WHEN (NEW.went_with_id IS NOT NULL) EXECUTE FUNCTION shared.guard_went_with()",
            "DROP TRIGGER guard_went_with_new ON bookings_booking",
        ),
        migrations.RunSQL(
            "CREATE TRIGGER guard_went_with BEFORE UPDATE OF went_with_id ON bookings_booking FOR EACH ROW"
            " WHEN (NEW.went_with_id IS DISTINCT FROM OLD.went_with_id) EXECUTE FUNCTION shared.guard_went_with()",
            "DROP TRIGGER guard_went_with ON bookings_booking",
        ),
    ]
