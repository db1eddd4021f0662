"""What the entrance knows of every tenant before a role is chosen, and the two things that a desk does with a terminal."""

from django.db import migrations

ACCESS = """
CREATE FUNCTION gate.access() RETURNS TABLE (schema_name text, policy jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
    SELECT t.schema_name, jsonb_build_object(
        'ways', coalesce(to_jsonb(r.ways), '[]'),
        'needs_all', coalesce(r.needs_all, false),
        'ranges', coalesce((
            SELECT jsonb_agg(jsonb_build_array(n.cidr, n.starts_on, n.ends_on)) FROM tenants_allowednetwork n
            WHERE n.tenant_id = t.id AND n.removed_at IS NULL), '[]'),
        'terminals', coalesce((
            SELECT jsonb_agg(jsonb_build_array(e.token_hash, e.id, e.seen_on)) FROM tenants_terminal e
            WHERE e.tenant_id = t.id AND e.token_hash <> '' AND e.revoked_at IS NULL), '[]'),
        'certificates', coalesce((
            SELECT jsonb_agg(jsonb_build_array(c.fingerprint, c.ends_on)) FROM tenants_clientcertificate c
            WHERE c.tenant_id = t.id AND c.removed_at IS NULL), '[]'),
        'grants', coalesce((
            SELECT jsonb_agg(jsonb_build_array(g.cidr, g.starts_at, g.ends_at)) FROM tenants_emergencygrant g
            WHERE g.tenant_id = t.id AND g.ended_at IS NULL), '[]'),
        'enrols_until', (
            SELECT max(e.code_until) FROM tenants_terminal e
            WHERE e.tenant_id = t.id AND e.code_hash <> '' AND e.revoked_at IS NULL))
    FROM tenants_tenant t LEFT JOIN tenants_accessrule r ON r.tenant_id = t.id
    WHERE t.state = 'active'
$$
"""
ENROL = """
CREATE FUNCTION shared.enrol_terminal(code text, token text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    acting text := CASE current_setting('role') WHEN 'none' THEN session_user ELSE current_setting('role') END;
    enrolled uuid;
BEGIN
    IF token !~ '^[0-9a-f]{64}$' THEN
        RAISE EXCEPTION 'a token is kept as its SHA-256' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    UPDATE tenants_terminal e
    SET token_hash = token, code_hash = '', code_until = NULL, enrolled_at = now(),
        seen_on = (now() AT TIME ZONE 'Asia/Tokyo')::date
    FROM tenants_tenant t
    WHERE t.id = e.tenant_id AND 'tenant_' || t.schema_name = acting
        AND e.code_hash = code AND code <> '' AND e.code_until > now() AND e.revoked_at IS NULL
    RETURNING e.id INTO enrolled;
    RETURN enrolled;
END
$$;
REVOKE ALL ON FUNCTION shared.enrol_terminal(text, text) FROM PUBLIC;
"""
SEEN = """
CREATE FUNCTION shared.terminal_seen(terminal uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
    UPDATE tenants_terminal e SET seen_on = (now() AT TIME ZONE 'Asia/Tokyo')::date
    FROM tenants_tenant t
    WHERE e.id = terminal AND e.token_hash <> '' AND t.id = e.tenant_id AND 'tenant_' || t.schema_name =
        CASE current_setting('role') WHEN 'none' THEN session_user ELSE current_setting('role') END
$$;
REVOKE ALL ON FUNCTION shared.terminal_seen(uuid) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("tenants", '0005_access')]  # fmt: skip

    operations = [
        migrations.RunSQL(ACCESS, "DROP FUNCTION gate.access()"),
        migrations.RunSQL(ENROL, "DROP FUNCTION shared.enrol_terminal(text, text)"),
        migrations.RunSQL(SEEN, "DROP FUNCTION shared.terminal_seen(uuid)"),
    ]
