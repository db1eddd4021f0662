"""還付請求書 and the notices of a public use keep the versions of their words and bear a mark; used words stay."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

GUARD_TEXT = """
CREATE OR REPLACE FUNCTION shared.guard_text_version() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    is_used boolean;
BEGIN
    IF TG_OP = 'DELETE' AND OLD.valid_from > (now() AT TIME ZONE 'Asia/Tokyo')::date THEN
        EXECUTE format('SELECT EXISTS (SELECT FROM %1$I.bookings_document WHERE $1 = ANY (texts))'
                       ' OR EXISTS (SELECT FROM %1$I.bookings_refund WHERE $1 = ANY (texts))'
                       ' OR EXISTS (SELECT FROM %1$I.bookings_displacementhit WHERE $1 = ANY (texts))',
                       TG_TABLE_SCHEMA)
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


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0032_gear_masters"),
    ]

    operations = [
        migrations.AddField(
            model_name="displacementhit",
            name="texts",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="papermark",
            name="hit",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="bookings.displacementhit"
            ),
        ),
        migrations.AddField(
            model_name="papermark",
            name="refund",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="bookings.refund"
            ),
        ),
        migrations.AddField(
            model_name="refund",
            name="texts",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), blank=True, default=list, size=None
            ),
        ),
        migrations.AddConstraint(
            model_name="papermark",
            constraint=models.UniqueConstraint(fields=("refund",), name="one_mark_a_refund"),
        ),
        migrations.AddConstraint(
            model_name="papermark",
            constraint=models.UniqueConstraint(fields=("hit",), name="one_mark_a_hit"),
        ),
        migrations.RunSQL(GUARD_TEXT, migrations.RunSQL.noop),
    ]
