"""Notices about a registration (登録の通知書), with numbers, words and marks like every other document."""

import uuid

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
                       ' OR EXISTS (SELECT FROM %1$I.bookings_displacementhit WHERE $1 = ANY (texts))'
                       ' OR EXISTS (SELECT FROM %1$I.bookings_registrationpaper WHERE $1 = ANY (texts))',
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
        ("bookings", "0033_words_of_money_and_notices"),
        ("registrants", "0020_board_registrants_that_wait"),
    ]

    operations = [
        migrations.AddField(
            model_name="papermark",
            name="act",
            field=models.BigIntegerField(null=True, unique=True),
        ),
        migrations.CreateModel(
            name="RegistrationPaper",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("granted", "利用者登録決定通知書"),
                            ("refused", "利用者登録不承認通知書"),
                            ("suspended", "利用停止通知書"),
                            ("struck", "利用者登録抹消通知書"),
                        ],
                        max_length=9,
                    ),
                ),
                ("fiscal_year", models.PositiveSmallIntegerField()),
                ("serial", models.PositiveIntegerField()),
                ("issued_on", models.DateField()),
                ("content", models.JSONField()),
                (
                    "texts",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
                ),
                ("printed", models.PositiveSmallIntegerField(default=0)),
                (
                    "act",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper",
                        to="registrants.registrationact",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="bookings.facility"
                    ),
                ),
                (
                    "registrant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="registrants.registrant"
                    ),
                ),
            ],
            options={
                "ordering": ["fiscal_year", "serial"],
                "constraints": [
                    models.UniqueConstraint(fields=("fiscal_year", "serial"), name="one_registration_paper_a_number")
                ],
            },
        ),
        migrations.RunSQL(GUARD_TEXT, migrations.RunSQL.noop),
    ]
