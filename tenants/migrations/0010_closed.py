"""A tenant that was closed stays closed, and its host says so; no role of the web closes or reopens one by itself."""

from django.db import migrations

RESTING = """
DROP FUNCTION gate.resting();
CREATE FUNCTION gate.resting() RETURNS TABLE (host text, schema_name text, state text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
    SELECT h.domain, t.schema_name, t.state
    FROM shared.tenants_tenant t JOIN shared.tenants_host h ON h.tenant_id = t.id
    WHERE t.state <> 'active'
$$
"""
BEFORE = """
DROP FUNCTION gate.resting();
CREATE FUNCTION gate.resting() RETURNS TABLE (host text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
    SELECT h.domain FROM shared.tenants_tenant t JOIN shared.tenants_host h ON h.tenant_id = t.id
    WHERE t.state = 'suspended'
$$
"""
GUARD = """
CREATE FUNCTION shared.guard_tenant() RETURNS trigger
LANGUAGE plpgsql SET search_path = shared, pg_temp AS $$
BEGIN
    IF OLD.schema_name <> NEW.schema_name THEN
        RAISE EXCEPTION 'a tenant keeps its schema' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.state <> NEW.state AND 'closed' IN (OLD.state, NEW.state)
            AND NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN
        RAISE EXCEPTION 'a tenant is closed by shared.tenant_close() alone, and for good'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION shared.guard_tenant() FROM PUBLIC;
"""
ON_CHANGE = """
CREATE TRIGGER guard_tenant BEFORE UPDATE ON tenants_tenant FOR EACH ROW EXECUTE FUNCTION shared.guard_tenant()
"""
BOOKS_NOTHING = """
CREATE FUNCTION shared.guard_open_place() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM tenants_tenant WHERE schema_name = TG_TABLE_SCHEMA AND state = 'closed') THEN
        RAISE EXCEPTION 'a closed facility books nothing'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_closed_facility_books_nothing';
    END IF;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION shared.guard_open_place() FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("tenants", '0009_resting')]  # fmt: skip

    operations = [
        migrations.RunSQL(RESTING, BEFORE),
        migrations.RunSQL(GUARD, "DROP FUNCTION shared.guard_tenant()"),
        migrations.RunSQL(ON_CHANGE, "DROP TRIGGER guard_tenant ON tenants_tenant"),
        migrations.RunSQL(BOOKS_NOTHING, "DROP FUNCTION shared.guard_open_place()"),
    ]
