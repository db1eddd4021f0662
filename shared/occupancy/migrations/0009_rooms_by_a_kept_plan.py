"""The listing of a tenant's rooms is written by one function whose plan a session keeps.

To plan it anew took most of the time of every change of a room: its names are the same in all tenants' schemas, so the
search path tells whose are meant, and PostgreSQL plans again only when a session goes on with another tenant's.
"""

from django.db import migrations

LIST = """
CREATE FUNCTION shared.list_rooms(its_tenant text) RETURNS void
LANGUAGE plpgsql SET search_path = shared, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    PERFORM set_config('search_path', format('%I, shared, pg_temp', its_tenant), true); -- until the function ends
    INSERT INTO occupancy_roomlisting
        (room, tenant, facility, position, is_public, capacity, purposes, parts, details, about)
    SELECT r.id, its_tenant, r.facility_id, r.position, r.is_public, r.capacity,
        coalesce((SELECT array_agg(p.code ORDER BY p.code)
                  FROM bookings_roompurpose rp JOIN bookings_purpose p ON p.code = rp.purpose_id
                  WHERE rp.room_id = r.id AND (r.allows_sound OR NOT p.is_loud)
                  AND (r.allows_food OR NOT p.has_food) AND (r.allows_fire OR NOT p.uses_fire)), '{}'),
        coalesce((SELECT array_agg(rp.part_id ORDER BY rp.part_id)
                  FROM bookings_roompart rp WHERE rp.room_id = r.id), '{}'),
        jsonb_build_object(
            'name', r.name, 'name_en', r.name_en, 'reception', r.reception,
            'facility_name', f.name, 'facility_name_en', f.name_en,
            'hold_minutes', r.hold_minutes, 'since', r.valid_from, 'until', r.valid_until,
            'city', c.municipality, 'public_from', r.public_from, 'only', r.only,
            'parent', CASE WHEN r.parent_id IS NULL THEN NULL ELSE jsonb_build_array(r.parent_id,
                (SELECT p.name FROM bookings_room p WHERE p.id = r.parent_id)) END,
            'hours', coalesce((
                SELECT jsonb_agg(jsonb_build_array(h.valid_from, h.kind, to_char(h.opens, 'HH24:MI'),
                                                   to_char(h.closes, 'HH24:MI'), h.shows_outside)
                                 ORDER BY h.valid_from)
                FROM bookings_portalhours h WHERE h.facility_id = r.facility_id), '[]'),
            'months', coalesce((
                SELECT jsonb_agg(jsonb_build_array(m.since, m.room_id IS NOT NULL, m.kind) ORDER BY m.since, m.id)
                FROM bookings_openmonth m
                WHERE m.facility_id = r.facility_id AND (m.room_id IS NULL OR m.room_id = r.id)), '[]'),
            'windows', coalesce((
                SELECT jsonb_agg(jsonb_build_object('who', w.who, 'since', w.valid_from,
                    'opens', jsonb_build_array(w.opens_kind, w.opens_months, w.opens_days,
                                               to_char(w.opens_at, 'HH24:MI'), w.opens_shift),
                    'closes', jsonb_build_array(w.closes_kind, w.closes_months, w.closes_days,
                                                to_char(w.closes_at, 'HH24:MI'), w.closes_shift),
                    'of_room', w.room_id IS NOT NULL) ORDER BY w.id)
                FROM bookings_window w
                WHERE w.facility_id = r.facility_id AND (w.room_id IS NULL OR w.room_id = r.id)), '[]'),
            'timetables', coalesce((
                SELECT jsonb_agg(jsonb_build_object('from', t.valid_from, 'until', t.valid_until,
                    'first', t.first_day, 'last', t.last_day, 'slots', coalesce((
                    SELECT jsonb_agg(jsonb_build_array(s.number, s.label, s.label_en,
                                                       to_char(s.starts, 'HH24:MI'), to_char(s.ends, 'HH24:MI'))
                                     ORDER BY s.number)
                    FROM bookings_timetableslot s WHERE s.timetable_id = t.id), '[]'))
                    ORDER BY t.valid_from, t.first_day)
                FROM bookings_timetable t WHERE t.room_id = r.id), '[]'),
            'closings', coalesce((
                SELECT jsonb_agg(jsonb_build_object('kind', c.kind, 'weekday', c.weekday, 'first', c.first_day,
                    'last', c.last_day, 'label', c.label, 'label_en', c.label_en, 'ordinals', c.ordinals,
                    'days', c.month_days, 'shift', c.shift, 'effect', c.effect, 'block', c.block,
                    'since', c.valid_from, 'until', c.valid_until) ORDER BY c.id)
                FROM bookings_closingrule c
                WHERE c.facility_id = r.facility_id AND (c.room_id IS NULL OR c.room_id = r.id OR EXISTS (
                    SELECT FROM bookings_roompart mine JOIN bookings_roompart its USING (part_id)
                    WHERE mine.room_id = r.id AND its.room_id = c.room_id))), '[]'),
            'purposes', coalesce((
                SELECT jsonb_agg(jsonb_build_object('code', p.code, 'name', p.name, 'name_en', p.name_en,
                    'group', coalesce(g.name, ''), 'group_en', coalesce(g.name_en, ''),
                    'is_loud', p.is_loud, 'needs_quiet', p.needs_quiet)
                    ORDER BY g.position NULLS LAST, g.code, p.position, p.code)
                FROM bookings_roompurpose rp JOIN bookings_purpose p ON p.code = rp.purpose_id
                LEFT JOIN bookings_purposegroup g ON g.code = p.group_id
                WHERE rp.room_id = r.id AND (r.allows_sound OR NOT p.is_loud)
                  AND (r.allows_food OR NOT p.has_food) AND (r.allows_fire OR NOT p.uses_fire)), '[]')),
        jsonb_build_object(
            'kana', r.reading, 'description', r.description, 'description_en', r.description_en, 'area', r.area,
            'sound', r.allows_sound, 'food', r.allows_food, 'fire', r.allows_fire,
            'houses', coalesce((
                SELECT jsonb_agg(jsonb_build_object('since', h.valid_from, 'opening', h.opening, 'desk', h.desk,
                    'phone', h.call, 'access', h.access, 'access_en', h.access_en, 'note', h.note,
                    'note_en', h.note_en) ORDER BY h.valid_from)
                FROM bookings_house h WHERE h.facility_id = r.facility_id), '[]'))
    FROM bookings_room r
    JOIN bookings_facility f ON f.id = r.facility_id
    JOIN catalogue_cataloguefacility c ON c.id = r.facility_id
    JOIN tenants_tenant t ON t.id = c.tenant_id AND t.schema_name = its_tenant
    ON CONFLICT (room) DO UPDATE SET facility = excluded.facility, position = excluded.position,
        is_public = excluded.is_public, capacity = excluded.capacity, purposes = excluded.purposes,
        parts = excluded.parts, details = excluded.details, about = excluded.about
    WHERE occupancy_roomlisting.tenant = excluded.tenant;
    DELETE FROM occupancy_roomlisting l
    WHERE l.tenant = its_tenant AND NOT EXISTS (SELECT FROM bookings_room r WHERE r.id = l.room);
END
$$;
REVOKE ALL ON FUNCTION shared.list_rooms(text) FROM PUBLIC;
"""
MIRROR = """
CREATE OR REPLACE FUNCTION shared.mirror_rooms() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    IF to_regclass(format('%I.bookings_house', TG_TABLE_SCHEMA)) IS NULL THEN
        RETURN NULL; -- on its way to this shape: its last migration makes the listing anew
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('room listing ' || TG_TABLE_SCHEMA, 0));
    PERFORM shared.list_rooms(TG_TABLE_SCHEMA);
    RETURN NULL;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("occupancy", "0008_paper_facts_of_registrations")]

    operations = [
        migrations.RunSQL(LIST, "DROP FUNCTION shared.list_rooms(text)"),
        migrations.RunSQL(MIRROR, migrations.RunSQL.noop),
    ]
