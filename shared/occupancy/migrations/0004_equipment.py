"""What equipment is lent where, how many pieces there are, and when they are out: without a person.

``mirror_equipment`` writes the kinds of a tenant anew whenever they or their stock change; ``mirror_equipment_out``
follows what is lent, for as long as the booking occupies its room.
"""

from django.db import migrations, models

KINDS = """
CREATE FUNCTION shared.mirror_equipment() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('equipment listing ' || TG_TABLE_SCHEMA, 0));
    EXECUTE format($query$
        INSERT INTO occupancy_equipmentlisting
            (equipment, tenant, facility, name, name_en, unit, is_counted, minutes_before, minutes_after,
             valid_from, valid_until, position, stocks)
        SELECT e.id, %2$L, e.facility_id, e.name, e.name_en, e.unit, e.is_counted, e.minutes_before, e.minutes_after,
               e.valid_from, e.valid_until, e.position,
               coalesce((SELECT jsonb_agg(jsonb_build_array(s.valid_from, s.quantity) ORDER BY s.valid_from)
                         FROM %1$I.bookings_equipmentstock s WHERE s.equipment_id = e.id), '[]')
        FROM %1$I.bookings_equipment e
        JOIN catalogue_cataloguefacility c ON c.id = e.facility_id
        JOIN tenants_tenant t ON t.id = c.tenant_id AND t.schema_name = %2$L
        WHERE e.is_public
        ON CONFLICT (equipment) DO UPDATE SET facility = excluded.facility, name = excluded.name,
            name_en = excluded.name_en, unit = excluded.unit, is_counted = excluded.is_counted,
            minutes_before = excluded.minutes_before, minutes_after = excluded.minutes_after,
            valid_from = excluded.valid_from, valid_until = excluded.valid_until, position = excluded.position,
            stocks = excluded.stocks
        WHERE occupancy_equipmentlisting.tenant = excluded.tenant
    $query$, TG_TABLE_SCHEMA, TG_TABLE_SCHEMA);
    EXECUTE format('DELETE FROM occupancy_equipmentlisting l WHERE l.tenant = %2$L'
                   ' AND NOT EXISTS (SELECT FROM %1$I.bookings_equipment e WHERE e.id = l.equipment AND e.is_public)',
                   TG_TABLE_SCHEMA, TG_TABLE_SCHEMA);
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION shared.mirror_equipment() FROM PUBLIC;
"""
OUT = """
CREATE FUNCTION shared.mirror_equipment_out() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    its uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.booking_id ELSE NEW.booking_id END;
    is_lent boolean;
BEGIN
    IF its IS NULL THEN
        RETURN NULL;
    END IF;
    IF TG_TABLE_NAME = 'bookings_occupation' THEN
        EXECUTE format('SELECT EXISTS (SELECT FROM %I.bookings_equipmentuse WHERE booking_id = $1)', TG_TABLE_SCHEMA)
        INTO is_lent USING its;
        IF NOT is_lent THEN
            RETURN NULL;
        END IF;
    END IF;
    DELETE FROM occupancy_equipmentout WHERE tenant = TG_TABLE_SCHEMA AND booking = its;
    EXECUTE format($query$
        INSERT INTO occupancy_equipmentout (tenant, booking, equipment, quantity, starts_at, ends_at, expires_at)
        SELECT %2$L, u.booking_id, u.equipment_id, u.quantity, lower(u.during), upper(u.during), o.expires_at
        FROM %1$I.bookings_equipmentuse u
        JOIN LATERAL (SELECT expires_at FROM %1$I.bookings_occupation o WHERE o.booking_id = u.booking_id
                      ORDER BY expires_at NULLS FIRST LIMIT 1) o ON true
        WHERE u.booking_id = $1
    $query$, TG_TABLE_SCHEMA, TG_TABLE_SCHEMA) USING its;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION shared.mirror_equipment_out() FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("occupancy", "0003_calendar")]

    operations = [
        migrations.CreateModel(
            name="EquipmentListing",
            fields=[
                ("equipment", models.UUIDField(primary_key=True, serialize=False)),
                ("tenant", models.CharField(max_length=40)),
                ("facility", models.UUIDField()),
                ("name", models.CharField(max_length=60)),
                ("name_en", models.CharField(blank=True, max_length=60)),
                ("unit", models.CharField(max_length=10)),
                ("is_counted", models.BooleanField()),
                ("minutes_before", models.PositiveSmallIntegerField()),
                ("minutes_after", models.PositiveSmallIntegerField()),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(null=True)),
                ("position", models.PositiveIntegerField()),
                ("stocks", models.JSONField()),
            ],
            options={
                "ordering": ["facility", "position", "equipment"],
                "indexes": [
                    models.Index(fields=["facility", "name"], name="equipment_by_facility"),
                    models.Index(fields=["tenant"], name="equipment_by_tenant"),
                ],
            },
        ),
        migrations.CreateModel(
            name="EquipmentOut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tenant", models.CharField(max_length=40)),
                ("booking", models.UUIDField()),
                ("equipment", models.UUIDField()),
                ("quantity", models.PositiveIntegerField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["equipment", "ends_at"], name="equipment_out_by_kind"),
                    models.Index(fields=["tenant", "booking"], name="equipment_out_by_booking"),
                ],
            },
        ),
        migrations.RunSQL(KINDS, "DROP FUNCTION shared.mirror_equipment()"),
        migrations.RunSQL(OUT, "DROP FUNCTION shared.mirror_equipment_out()"),
    ]
