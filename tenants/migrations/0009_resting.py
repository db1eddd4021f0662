"""Suspended tenants are told by their hosts, and the city sees every tenant's size in one statement."""

from django.db import migrations

RESTING = """
CREATE FUNCTION gate.resting() RETURNS TABLE (host text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
    SELECT h.domain FROM shared.tenants_tenant t JOIN shared.tenants_host h ON h.tenant_id = t.id
    WHERE t.state = 'suspended'
$$
"""
SIZES = """
CREATE FUNCTION shared.tenant_sizes()
RETURNS TABLE (schema_name text, bytes bigint, registrants bigint, bookings bigint, migrations bigint, newest text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    place text;
BEGIN
    FOR place IN SELECT t.schema_name FROM tenants_tenant t ORDER BY t.id LOOP
        RETURN QUERY EXECUTE format(
            'SELECT %1$L::text,'
            ' (SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class c'
            '  WHERE c.relnamespace = %1$L::regnamespace AND c.relkind IN (''r'', ''p'')),'
            ' (SELECT count(*) FROM %1$I.registrants_registrant), (SELECT count(*) FROM %1$I.bookings_booking),'
            ' (SELECT count(*) FROM %1$I.django_migrations),'
            ' (SELECT m.app || ''.'' || m.name FROM %1$I.django_migrations m ORDER BY m.id DESC LIMIT 1)::text',
            place);
    END LOOP;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("tenants", '0008_care')]  # fmt: skip

    operations = [
        migrations.RunSQL(RESTING, "DROP FUNCTION gate.resting()"),
        migrations.RunSQL(SIZES, "DROP FUNCTION shared.tenant_sizes()"),
    ]
