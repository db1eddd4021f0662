"""``gate``: what a login may ask before it has chosen a role."""

from django.db import migrations

DIRECTORY = """
CREATE FUNCTION gate.directory() RETURNS TABLE (host text, schema_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
    SELECT h.domain, t.schema_name
    FROM shared.tenants_tenant t LEFT JOIN shared.tenants_host h ON h.tenant_id = t.id
    WHERE t.state = 'active'
$$
"""


class Migration(migrations.Migration):
    dependencies = [("tenants", "0001_initial")]

    operations = [migrations.RunSQL(DIRECTORY, "DROP FUNCTION gate.directory()")]
