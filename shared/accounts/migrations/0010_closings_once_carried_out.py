"""The list of one's registrations tells a closing once it was carried out; until then it may still be put off."""

from __future__ import annotations

from typing import Final

from django.db import migrations

OWN: Final = """
CREATE OR REPLACE FUNCTION shared.own_registrations() RETURNS TABLE (
    tenant text, tenant_name text, tenant_name_en text, id uuid, number text, kind text, state text,
    group_name text, family_name text, given_name text, registered_on date, valid_until date, open_requests bigint)
LANGUAGE plpgsql STABLE SET search_path = shared, pg_temp AS $$
DECLARE
    place record;
BEGIN
    FOR place IN
        SELECT DISTINCT t.schema_name, t.name, t.name_en FROM shared.accounts_portallink l
        JOIN shared.tenants_tenant t ON t.id = l.tenant_id AND t.state = 'active'
        ORDER BY t.schema_name
    LOOP
        RETURN QUERY EXECUTE format($query$
            SELECT %2$L::text, %3$L::text, %4$L::text, r.id, r.number::text, r.kind::text,
                   coalesce((SELECT s.state FROM %1$I.registrants_statespan s WHERE s.registrant_id = r.id
                             AND s.during @> (now() AT TIME ZONE 'Asia/Tokyo')::date {which}), r.state)::text,
                   r.group_name::text, r.family_name::text, r.given_name::text, r.registered_on, r.valid_until,
                   (SELECT count(*) FROM %1$I.registrants_citizenrequest q
                    WHERE q.registrant_id = r.id AND q.state = 'open')
            FROM %1$I.registrants_registrant r
        $query$, place.schema_name, place.schema_name, place.name, place.name_en);
    END LOOP;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_money_waits_and_numbers")]

    operations = [migrations.RunSQL(OWN.format(which="AND s.state <> 'closed'"), OWN.format(which=""))]
