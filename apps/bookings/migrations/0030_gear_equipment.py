"""Equipment has a code, by which the fee table tells its price; a deadline, and the rooms that it is lent in.

What fee tables listed becomes equipment of the facility, uncounted; what a booking's fee counted becomes reserved.
"""

import datetime as dt

import django.db.models.deletion
from django.db import migrations, models

import apps.bookings.models.equipment

CODES = """
UPDATE bookings_equipment SET code = 'e' || left(replace(id::text, '-', ''), 12);
WITH items AS (
    SELECT DISTINCT ON (t.facility_id, item ->> 'code') t.facility_id, t.valid_from, item ->> 'code' AS code,
        left(item ->> 'label', 60) AS label
    FROM bookings_feetable t, jsonb_array_elements(t.content -> 'items') item WHERE t.kind = 'equipment'
    ORDER BY t.facility_id, item ->> 'code', t.valid_from DESC),
priced AS (
    SELECT DISTINCT ON (facility_id, label) facility_id, label, code FROM items
    ORDER BY facility_id, label, valid_from DESC, code)
UPDATE bookings_equipment e SET code = p.code FROM priced p WHERE p.facility_id = e.facility_id AND p.label = e.name;
INSERT INTO bookings_equipment (id, facility_id, code, name, name_en, unit, place, is_counted, is_public,
    minutes_before, minutes_after, valid_from, position, deadline_at)
SELECT gen_random_uuid(), i.facility_id, i.code, CASE WHEN i.place = 1 AND e.id IS NULL THEN i.label
    ELSE left(i.label, 40) || ' ' || left(i.code, 19) END, '', '', '', false, true, 0, 0, i.since, 0, TIME '23:59'
FROM (SELECT facility_id, code, label, since, row_number() OVER (PARTITION BY facility_id, label ORDER BY code) AS place
      FROM (SELECT DISTINCT ON (t.facility_id, item ->> 'code') t.facility_id, item ->> 'code' AS code,
                left(item ->> 'label', 60) AS label,
                min(t.valid_from) OVER (PARTITION BY t.facility_id, item ->> 'code') AS since
            FROM bookings_feetable t, jsonb_array_elements(t.content -> 'items') item WHERE t.kind = 'equipment'
            ORDER BY t.facility_id, item ->> 'code', t.valid_from DESC) newest) i
LEFT JOIN bookings_equipment e ON e.facility_id = i.facility_id AND e.name = i.label
WHERE NOT EXISTS (SELECT FROM bookings_equipment k WHERE k.facility_id = i.facility_id AND k.code = i.code);
"""
USES = """
DO $$
DECLARE one record;
BEGIN
    FOR one IN
        SELECT b.id AS booking, e.id AS equipment, b.during, (item ->> 'quantity')::int AS quantity
        FROM (SELECT DISTINCT ON (booking_id) booking_id, facts FROM bookings_feesheet
              ORDER BY booking_id, number DESC) s
        JOIN bookings_booking b ON b.id = s.booking_id JOIN bookings_room r ON r.id = b.room_id,
        jsonb_array_elements(coalesce(s.facts -> 'equipment', '[]')) item
        JOIN bookings_equipment e ON e.code = item ->> 'code'
        WHERE e.facility_id = r.facility_id AND (item ->> 'quantity')::int > 0
    LOOP
        BEGIN
            INSERT INTO bookings_equipmentuse (booking_id, equipment_id, during, quantity)
            VALUES (one.booking, one.equipment, one.during, one.quantity) ON CONFLICT DO NOTHING;
        EXCEPTION WHEN check_violation THEN
            RAISE NOTICE 'booking %: more of equipment % than there is', one.booking, one.equipment;
        END;
    END LOOP;
END
$$;
SET CONSTRAINTS ALL IMMEDIATE;
"""
DEFAULTS = """
ALTER TABLE bookings_equipment ALTER code SET DEFAULT 'e' || left(md5(gen_random_uuid()::text), 12),
    ALTER deadline_at SET DEFAULT TIME '23:59'
"""


class Migration(migrations.Migration):
    dependencies = [("bookings", "0029_guards_of_papers")]

    operations = [
        migrations.AddField(
            model_name="equipment",
            name="code",
            field=models.CharField(default=apps.bookings.models.equipment.new_code, editable=False, max_length=30),
        ),
        migrations.AddField(
            model_name="equipment", name="deadline_at", field=models.TimeField(default=dt.time(23, 59))
        ),
        migrations.AddField(
            model_name="equipment",
            name="deadline_days",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="EquipmentRoom",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "equipment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="equipment_rooms",
                        to="bookings.equipment",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="equipment_rooms", to="bookings.room"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="equipment",
            name="rooms",
            field=models.ManyToManyField(
                related_name="equipment", through="bookings.EquipmentRoom", to="bookings.room"
            ),
        ),
        migrations.RunSQL(CODES, migrations.RunSQL.noop),
        migrations.RunSQL(USES, migrations.RunSQL.noop),
        migrations.RunSQL(DEFAULTS, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="equipment",
            constraint=models.UniqueConstraint(fields=("facility", "code"), name="equipment_of_one_code_once"),
        ),
        migrations.AddConstraint(
            model_name="equipment",
            constraint=models.CheckConstraint(
                condition=models.Q(("deadline_days__lte", 400)), name="equipment_is_not_ordered_years_before"
            ),
        ),
        migrations.AddConstraint(
            model_name="equipmentroom",
            constraint=models.UniqueConstraint(fields=("equipment", "room"), name="an_item_once_a_room"),
        ),
    ]
