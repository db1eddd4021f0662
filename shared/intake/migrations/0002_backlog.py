"""``gate.intake_backlog()``: which tenants have a file to check or to take in, before any role is chosen.

A tenant whose schema is still to be migrated has none.
"""

from django.db import migrations

BACKLOG = """
CREATE OR REPLACE FUNCTION gate.intake_backlog() RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    place text;
    waiting boolean;
BEGIN
    FOR place IN SELECT schema_name FROM shared.tenants_tenant WHERE state = 'active' LOOP
        CONTINUE WHEN to_regclass(format('%I.intake_job', place)) IS NULL;
        EXECUTE format('SELECT EXISTS (SELECT FROM %I.intake_job'
                       ' WHERE state IN (''to_check'', ''checking'', ''to_run'', ''running''))', place) INTO waiting;
        IF waiting THEN
            RETURN NEXT place;
        END IF;
    END LOOP;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial")]

    operations = [migrations.RunSQL(BACKLOG, migrations.RunSQL.noop)]
