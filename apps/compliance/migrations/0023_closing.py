"""A tenant is closed by one function, which looks for itself what hinders it and who is behind it."""

from django.db import migrations

FINDINGS = """
CREATE FUNCTION shared.closing_findings(place text) RETURNS TABLE (code text, number bigint, hinders boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    own bigint := (SELECT t.id FROM tenants_tenant t WHERE t.schema_name = place);
    latest bigint;
    handed uuid;
    is_confirmed boolean;
BEGIN
    IF own IS NULL THEN
        RETURN;
    END IF;
    SELECT a.id INTO latest FROM tenants_operatorassignment a WHERE a.tenant_id = own
    ORDER BY upper(a.during) DESC NULLS FIRST LIMIT 1;
    SELECT c.id INTO handed FROM compliance_handovercase c WHERE c.outgoing_id = latest;
    is_confirmed := EXISTS (SELECT FROM compliance_handoveract h WHERE h.case_id = handed AND h.step = 'confirmed');
    RETURN QUERY EXECUTE format($query$
        SELECT 'bookings', count(*), true FROM %1$I.bookings_booking
        WHERE upper(during) > now()
          AND (state IN ('tentative', 'under_review', 'deferred', 'permitted')
               OR state = 'hold' AND hold_expires_at > now())
    $query$, place);
    RETURN QUERY SELECT 'handover', (latest IS NOT NULL AND NOT is_confirmed)::int::bigint, true;
    RETURN QUERY SELECT 'lists', coalesce((
        SELECT (SELECT sum((l ->> 'count')::bigint) FROM jsonb_array_elements(h.lists) l)::bigint
        FROM compliance_handoveract h WHERE h.case_id = handed AND h.step IN ('lists', 'final')
        ORDER BY h.at DESC, h.id DESC LIMIT 1), 0), false;
    RETURN QUERY EXECUTE format($query$
        SELECT 'unsealed', count(*), false FROM %1$I.audit_auditentry e
        LEFT JOIN (SELECT s.to_xact, s.to_id FROM %1$I.audit_auditseal s ORDER BY s.id DESC LIMIT 1) l ON true
        WHERE (e.xact, e.id) > (coalesce(l.to_xact, 0), coalesce(l.to_id, 0))
    $query$, place);
    RETURN QUERY EXECUTE format($query$
        SELECT 'accounts', count(*), false FROM %1$I.staff_staffaccount
        WHERE is_active AND coalesce(ends_on, 'infinity') >= $1 AND (term IS NULL OR term @> $1)
    $query$, place) USING (now() AT TIME ZONE 'Asia/Tokyo')::date;
END
$$;
REVOKE ALL ON FUNCTION shared.closing_findings(text) FROM PUBLIC;
"""
CLOSE = """
CREATE FUNCTION shared.tenant_close(
    place text, officer uuid, why text, in_spite boolean, address inet, request text
) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    known record;
    held varchar[];
    hindering jsonb;
    side text;
BEGIN
    SELECT roles INTO held FROM staff_staffaccount
    WHERE id = officer AND is_active
      AND coalesce(starts_on, '-infinity') <= (now() AT TIME ZONE 'Asia/Tokyo')::date
      AND coalesce(ends_on, 'infinity') >= (now() AT TIME ZONE 'Asia/Tokyo')::date;
    IF held IS NULL OR NOT held && ARRAY['general', 'systems']::varchar[] THEN
        RETURN 'role';
    END IF;
    IF length(btrim(coalesce(why, ''))) NOT BETWEEN 5 AND 300 THEN
        RETURN 'reason';
    END IF;
    SELECT * INTO known FROM tenants_tenant t WHERE t.schema_name = place FOR UPDATE;
    IF known.id IS NULL OR known.state = 'closed' THEN
        RETURN 'state';
    END IF;
    EXECUTE format('LOCK TABLE %I.bookings_booking IN SHARE MODE', place);  -- whoever is booking ends first
    SELECT jsonb_object_agg(f.code, f.number) INTO hindering
    FROM closing_findings(place) f WHERE f.hinders AND f.number > 0;
    IF hindering IS NOT NULL AND NOT coalesce(in_spite, false) THEN
        RETURN 'hindered';
    END IF;
    IF hindering IS NOT NULL AND NOT 'general' = ANY (held) THEN
        RETURN 'override';
    END IF;
    UPDATE tenants_tenant SET state = 'closed' WHERE id = known.id;
    INSERT INTO compliance_tenantact (tenant_id, deed, reason, made_by, made_at)
    VALUES (known.id, 'close', btrim(why), officer, now());
    FOREACH side IN ARRAY ARRAY[place, 'shared'] LOOP
        EXECUTE format('INSERT INTO %I.audit_auditentry (at, actor_kind, actor_id, action, object_type, object_id,'
                       ' purpose, detail, address, request_id, roles) VALUES (now(), ''city'', $1, ''permission'','
                       ' ''tenant'', $2, '''', $3, $4, $5, $6)', side)
        USING officer, place, jsonb_build_object('deed', 'close', 'in_spite', coalesce(hindering, '{}')), address,
              left(coalesce(request, ''), 32), held;
    END LOOP;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION shared.tenant_close(text, uuid, text, boolean, inet, text) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("compliance", "0022_foundings")]

    operations = [
        migrations.RunSQL(FINDINGS, "DROP FUNCTION shared.closing_findings(text)"),
        migrations.RunSQL(CLOSE, "DROP FUNCTION shared.tenant_close(text, uuid, text, boolean, inet, text)"),
    ]
