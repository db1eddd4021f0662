"""Whether somebody gives numbers that begin so: a facility sees no other's row, and yet must tell a card from a slip."""

from django.db import migrations

KNOWN = """
CREATE OR REPLACE FUNCTION shared.number_prefix_is_known(prefix text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
    SELECT EXISTS (SELECT FROM tenants_tenant WHERE number_prefix = prefix)
$$;
REVOKE ALL ON FUNCTION shared.number_prefix_is_known(text) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("tenants", "0003_prefix_without_r")]

    operations = [migrations.RunSQL(KNOWN, migrations.RunSQL.noop)]
