"""``gate.outbox_backlog()``: which schemas have mails to send, in one statement, before any role is chosen."""

from django.db import migrations

BACKLOG = """
CREATE OR REPLACE FUNCTION gate.outbox_backlog() RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    place text;
    waiting boolean;
BEGIN
    FOR place IN SELECT 'shared' UNION ALL SELECT schema_name FROM shared.tenants_tenant WHERE state = 'active' LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I.outbox_message WHERE state = ''pending'' AND due_at <= now())',
                       place) INTO waiting;
        IF waiting THEN
            RETURN NEXT place;
        END IF;
    END LOOP;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial")]

    operations = [migrations.RunSQL(BACKLOG, "DROP FUNCTION IF EXISTS gate.outbox_backlog()")]
