"""A citizen's bookings at all facilities in one statement.

Runs with the caller's rights, so each tenant's row rules decide; it visits only the tenants at which the
account holds a registration.
"""

from django.db import migrations

OWN_BOOKINGS = """
CREATE FUNCTION shared.own_bookings() RETURNS TABLE (
    tenant text, id uuid, number text, facility_name text, facility_name_en text, room_name text, room_name_en text,
    day date, starts_at timestamptz, ends_at timestamptz, slot_labels text[], state text, hold_expires_at timestamptz)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    place text;
BEGIN
    FOR place IN
        SELECT DISTINCT t.schema_name FROM shared.accounts_portallink l
        JOIN shared.tenants_tenant t ON t.id = l.tenant_id AND t.state = 'active'
        ORDER BY t.schema_name
    LOOP
        RETURN QUERY EXECUTE format($query$
            SELECT %2$L::text, b.id, b.number::text, f.name::text, f.name_en::text, r.name::text, r.name_en::text,
                   b.day, lower(b.during), upper(b.during), b.slot_labels::text[], b.state::text, b.hold_expires_at
            FROM %1$I.bookings_booking b
            JOIN %1$I.bookings_room r ON r.id = b.room_id JOIN %1$I.bookings_facility f ON f.id = r.facility_id
        $query$, place, place);
    END LOOP;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunSQL(OWN_BOOKINGS, "DROP FUNCTION shared.own_bookings()")]
