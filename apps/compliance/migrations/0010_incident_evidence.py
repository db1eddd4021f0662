"""What the audit of an incident's own tenant says of its persons: for the city, and traced there."""

from django.db import migrations

SHOWN = """
CREATE FUNCTION shared.incident_shown(
    officer uuid, wanted uuid, since timestamptz, until timestamptz, clerk text, object text
) RETURNS SETOF uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    place text := (SELECT tenant FROM compliance_incident WHERE id = wanted);
BEGIN
    IF place IS NULL OR since IS NULL OR until IS NULL THEN
        RETURN;
    END IF;
    PERFORM senior_trace(place, 'city', officer, 'search', 'incident', wanted, 'incident',
                         jsonb_build_object('since', since, 'until', until));
    RETURN QUERY EXECUTE format(
        'SELECT DISTINCT r.id FROM %1$I.audit_auditentry a JOIN %1$I.registrants_registrant r ON r.id = ANY (a.persons)'
        ' WHERE a.at >= $1 AND a.at < $2 AND a.action IN (''view'', ''search'', ''print'', ''export'', ''change'')'
        ' AND ($3 = '''' OR a.actor_id = (SELECT s.id FROM %1$I.staff_staffaccount s WHERE s.login_id = lower($3)))'
        ' AND ($4 = '''' OR a.object_id = $4)', place) USING since, until, clerk, object;
END
$$;
"""
EVIDENCE = """
CREATE FUNCTION shared.incident_evidence(officer uuid, wanted uuid, since timestamptz, until timestamptz)
RETURNS TABLE (entry bigint, site text, at timestamptz, actor_kind text, actor uuid, login text, roles text,
               action text, object_type text, object_id text, registrant uuid, number text, address text,
               terminal uuid, session text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    place text := (SELECT tenant FROM compliance_incident WHERE id = wanted);
    persons uuid[] := (SELECT array_agg(p.registrant) FROM compliance_affectedperson p
                       WHERE p.incident_id = wanted AND NOT p.is_excluded);
    part text := 'SELECT a.id, %2$L::text, a.at, a.actor_kind::text, a.actor_id, s.login_id::text,'
        ' array_to_string(a.roles, ''・''), a.action::text, a.object_type::text, a.object_id::text, p.id,'
        ' r.number::text, host(a.address), a.terminal, a.session::text'
        ' FROM %1$I.audit_auditentry a'
        ' CROSS JOIN LATERAL (SELECT DISTINCT unnest(a.persons) AS id) p'
        ' JOIN %3$I.registrants_registrant r ON r.id = p.id'
        ' LEFT JOIN %1$I.staff_staffaccount s ON s.id = a.actor_id AND a.actor_kind IN (''staff'', ''city'')'
        ' WHERE a.persons && $1 AND p.id = ANY ($1) AND a.at >= $2 AND a.at < $3';
BEGIN
    IF place IS NULL OR persons IS NULL THEN
        RETURN;
    END IF;
    PERFORM senior_trace(place, 'city', officer, 'export', 'incident_evidence', wanted, 'incident',
                         jsonb_build_object('persons', cardinality(persons), 'since', since, 'until', until));
    RETURN QUERY EXECUTE format(part, place, 'desk', place) || ' UNION ALL ' || format(part, 'shared', 'city', place)
        || ' ORDER BY 3, 1, 12' USING persons, since, until;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("compliance", '0009_incident_guards'), ("seniorcards", "0004_inquiries")]  # fmt: skip

    operations = [migrations.RunSQL(text, migrations.RunSQL.noop) for text in (SHOWN, EVIDENCE)]
