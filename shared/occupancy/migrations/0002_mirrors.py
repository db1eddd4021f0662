"""The trigger functions that write the read model.

They run as the owner and learn the tenant from the table that fired, so a tenant can write only its own rows.
"""

from django.db import migrations

OCCUPATION = """
CREATE FUNCTION shared.mirror_occupation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.part_id = OLD.part_id AND NEW.during = OLD.during AND NEW.id = OLD.id THEN
        UPDATE occupancy_occupancy SET kind = NEW.kind, expires_at = NEW.expires_at
        WHERE occupation = NEW.id AND tenant = TG_TABLE_SCHEMA;
        RETURN NULL;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM occupancy_occupancy WHERE occupation = OLD.id AND tenant = TG_TABLE_SCHEMA;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO occupancy_occupancy
            (occupation, day, tenant, facility, part, kind, starts_at, ends_at, expires_at)
        SELECT NEW.id, d::date, TG_TABLE_SCHEMA, l.facility, NEW.part_id, NEW.kind,
               lower(NEW.during), upper(NEW.during), NEW.expires_at
        FROM (SELECT facility FROM occupancy_roomlisting
              WHERE tenant = TG_TABLE_SCHEMA AND NEW.part_id = ANY (parts) LIMIT 1) l,
             generate_series((lower(NEW.during) AT TIME ZONE 'Asia/Tokyo')::date,
                             ((upper(NEW.during) - interval '1 microsecond') AT TIME ZONE 'Asia/Tokyo')::date,
                             interval '1 day') d;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'the part belongs to no listed room' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    RETURN NULL;
END
$$
"""

ROOMS = """
CREATE FUNCTION shared.mirror_rooms() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('room listing ' || TG_TABLE_SCHEMA, 0));
    EXECUTE format($query$
        INSERT INTO occupancy_roomlisting
            (room, tenant, facility, position, is_public, capacity, purposes, parts, details)
        SELECT r.id, %2$L, r.facility_id, r.position, r.is_public, r.capacity,
            coalesce((SELECT array_agg(rp.purpose_id ORDER BY rp.purpose_id)
                      FROM %1$I.bookings_roompurpose rp WHERE rp.room_id = r.id), '{}'),
            coalesce((SELECT array_agg(rp.part_id ORDER BY rp.part_id)
                      FROM %1$I.bookings_roompart rp WHERE rp.room_id = r.id), '{}'),
            jsonb_build_object(
                'name', r.name, 'name_en', r.name_en, 'reception', r.reception,
                'facility_name', f.name, 'facility_name_en', f.name_en,
                'opens_months_before', r.opens_months_before, 'closes_days_before', r.closes_days_before,
                'hold_minutes', r.hold_minutes,
                'timetables', coalesce((
                    SELECT jsonb_agg(jsonb_build_object('from', t.valid_from, 'slots', coalesce((
                        SELECT jsonb_agg(jsonb_build_array(s.number, s.label, s.label_en,
                                                           to_char(s.starts, 'HH24:MI'), to_char(s.ends, 'HH24:MI'))
                                         ORDER BY s.number)
                        FROM %1$I.bookings_timetableslot s WHERE s.timetable_id = t.id), '[]')) ORDER BY t.valid_from)
                    FROM %1$I.bookings_timetable t WHERE t.room_id = r.id), '[]'),
                'closings', coalesce((
                    SELECT jsonb_agg(jsonb_build_object('kind', c.kind, 'weekday', c.weekday, 'first', c.first_day,
                        'last', c.last_day, 'label', c.label, 'label_en', c.label_en) ORDER BY c.id)
                    FROM %1$I.bookings_closingrule c
                    WHERE c.facility_id = r.facility_id AND (c.room_id IS NULL OR c.room_id = r.id)), '[]'),
                'purposes', coalesce((
                    SELECT jsonb_agg(jsonb_build_object('code', p.code, 'name', p.name, 'name_en', p.name_en)
                                     ORDER BY p.position, p.code)
                    FROM %1$I.bookings_roompurpose rp JOIN %1$I.bookings_purpose p ON p.code = rp.purpose_id
                    WHERE rp.room_id = r.id), '[]'))
        FROM %1$I.bookings_room r
        JOIN %1$I.bookings_facility f ON f.id = r.facility_id
        JOIN catalogue_cataloguefacility c ON c.id = r.facility_id
        JOIN tenants_tenant t ON t.id = c.tenant_id AND t.schema_name = %2$L
        ON CONFLICT (room) DO UPDATE SET facility = excluded.facility, position = excluded.position,
            is_public = excluded.is_public, capacity = excluded.capacity, purposes = excluded.purposes,
            parts = excluded.parts, details = excluded.details
        WHERE occupancy_roomlisting.tenant = excluded.tenant
    $query$, TG_TABLE_SCHEMA, TG_TABLE_SCHEMA);
    EXECUTE format('DELETE FROM occupancy_roomlisting l WHERE l.tenant = %2$L'
                   ' AND NOT EXISTS (SELECT FROM %1$I.bookings_room r WHERE r.id = l.room)',
                   TG_TABLE_SCHEMA, TG_TABLE_SCHEMA);
    RETURN NULL;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("occupancy", "0001_initial"),
        ("catalogue", "0001_initial"),
        ("tenants", "0002_gate"),
    ]

    operations = [
        migrations.RunSQL(OCCUPATION, "DROP FUNCTION shared.mirror_occupation()"),
        migrations.RunSQL(ROOMS, "DROP FUNCTION shared.mirror_rooms()"),
    ]
