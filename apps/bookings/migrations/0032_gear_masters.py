"""Rooms by page: kana, description, annexes, public from; the portal's hours, the open months, a facility's own words."""

import django.db.models.deletion
from django.db import migrations, models

ROOMS = """
CREATE OR REPLACE FUNCTION shared.guard_room() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE ahead bigint;
BEGIN
    EXECUTE format('SELECT count(*) FROM %1$I.bookings_booking b WHERE b.room_id = $1 AND b.day > $2'
                   ' AND EXISTS (SELECT FROM %1$I.bookings_occupation o WHERE o.booking_id = b.id'
                   ' AND (o.expires_at IS NULL OR o.expires_at > now()))', TG_TABLE_SCHEMA)
    INTO ahead USING NEW.id, NEW.valid_until;
    IF ahead > 0 THEN
        RAISE EXCEPTION 'a room is not given up under its bookings' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'a_room_stays_for_its_bookings', DETAIL = ahead::text;
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION shared.guard_room() FROM PUBLIC;
"""
GUARD = """
CREATE TRIGGER guard_room BEFORE UPDATE OF valid_until ON bookings_room FOR EACH ROW
WHEN (NEW.valid_until IS NOT NULL AND NEW.valid_until IS DISTINCT FROM OLD.valid_until)
EXECUTE FUNCTION shared.guard_room()
"""


def mirror(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER mirror_rooms AFTER INSERT OR UPDATE OR DELETE ON bookings_{table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION shared.mirror_rooms()",
        f"DROP TRIGGER mirror_rooms ON bookings_{table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0031_gear_stock"),
        ("occupancy", "0006_about"),
    ]

    operations = [
        migrations.CreateModel(
            name="House",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("opening", models.JSONField(default=list)),
                ("desk", models.JSONField(default=list)),
                ("call", models.CharField(blank=True, max_length=40)),
                ("access", models.TextField(blank=True)),
                ("access_en", models.TextField(blank=True)),
                ("note", models.TextField(blank=True)),
                ("note_en", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["facility", "valid_from"],
            },
        ),
        migrations.CreateModel(
            name="OpenMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("bookable", "予約できる"), ("shown", "空き状況だけを見せる"), ("hidden", "見せない")],
                        max_length=8,
                    ),
                ),
            ],
            options={
                "ordering": ["facility", "-since", "room"],
            },
        ),
        migrations.CreateModel(
            name="PortalHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("always", "制限しない"),
                            ("closed", "制限する"),
                            ("shown", "制限する（空き表示あり）"),
                        ],
                        default="always",
                        max_length=8,
                    ),
                ),
                ("opens", models.TimeField()),
                ("closes", models.TimeField()),
                ("shows_outside", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["facility", "valid_from"],
            },
        ),
        migrations.AddField(
            model_name="room",
            name="area",
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True),
        ),
        migrations.AddField(
            model_name="room",
            name="description",
            field=models.TextField(blank=True, db_default="", default="", max_length=500),
        ),
        migrations.AddField(
            model_name="room",
            name="description_en",
            field=models.TextField(blank=True, db_default="", default="", max_length=500),
        ),
        migrations.AddField(
            model_name="room",
            name="reading",
            field=models.CharField(blank=True, db_default="", default="", max_length=90),
        ),
        migrations.AddField(
            model_name="room",
            name="only",
            field=models.CharField(
                blank=True,
                choices=[("individual", "個人のみ"), ("group", "団体のみ")],
                db_default="",
                default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="room",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="annexes",
                to="bookings.room",
            ),
        ),
        migrations.AddField(
            model_name="room",
            name="public_from",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_until__isnull", True)),
                fields=("facility", "name"),
                name="a_room_of_one_name_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", models.F("id")), _negated=True), name="a_room_is_not_its_own_annex"
            ),
        ),
        migrations.AddField(
            model_name="house",
            name="facility",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="houses", to="bookings.facility"
            ),
        ),
        migrations.AddField(
            model_name="openmonth",
            name="facility",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="open_months", to="bookings.facility"
            ),
        ),
        migrations.AddField(
            model_name="openmonth",
            name="room",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="open_months",
                to="bookings.room",
            ),
        ),
        migrations.AddField(
            model_name="portalhours",
            name="facility",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="portal_hours", to="bookings.facility"
            ),
        ),
        migrations.AddConstraint(
            model_name="house",
            constraint=models.UniqueConstraint(fields=("facility", "valid_from"), name="one_house_a_first_day"),
        ),
        migrations.AddConstraint(
            model_name="openmonth",
            constraint=models.UniqueConstraint(
                fields=("facility", "room", "since"), name="one_openness_a_month", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="openmonth",
            constraint=models.CheckConstraint(
                condition=models.Q(("since__day", 1)), name="a_month_begins_on_its_first"
            ),
        ),
        migrations.AddConstraint(
            model_name="portalhours",
            constraint=models.UniqueConstraint(fields=("facility", "valid_from"), name="one_portal_hours_a_first_day"),
        ),
        migrations.AddConstraint(
            model_name="portalhours",
            constraint=models.CheckConstraint(
                condition=models.Q(("opens", models.F("closes")), _negated=True),
                name="the_portal_opens_before_it_closes",
            ),
        ),
        mirror("house"),
        mirror("openmonth"),
        mirror("portalhours"),
        migrations.RunSQL(ROOMS, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD, "DROP TRIGGER guard_room ON bookings_room"),
        migrations.RunSQL("UPDATE bookings_room SET position = position WHERE false", migrations.RunSQL.noop),
    ]
