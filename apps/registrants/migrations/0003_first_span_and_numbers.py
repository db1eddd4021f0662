"""Every registration begins with a state, whoever writes it; and the two series of numbers.

The trigger's function stands in the shared schema, as every function that runs as the owner does, and learns the tenant
from the table that fired. It lets a citizen's 仮登録 begin its history without a right on the history.
"""

from django.db import migrations

BEGIN = """
CREATE OR REPLACE FUNCTION shared.begin_registration() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    EXECUTE format('INSERT INTO %I.registrants_statespan (registrant_id, state, during) VALUES ($1, $2, $3)',
                   TG_TABLE_SCHEMA)
    USING NEW.id, CASE NEW.state WHEN 'expired' THEN 'active' ELSE NEW.state END, daterange(NEW.registered_on, NULL);
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION shared.begin_registration() FROM PUBLIC;
"""
THOSE_BEFORE = """
INSERT INTO registrants_statespan (registrant_id, state, during)
SELECT id, CASE state WHEN 'expired' THEN 'active' ELSE state END, daterange(registered_on, NULL)
FROM registrants_registrant
"""
NUMBERS = """
CREATE SEQUENCE registrants_number_seq MAXVALUE 999999;
CREATE SEQUENCE registrants_card_seq MAXVALUE 999999;
SELECT setval('registrants_number_seq', coalesce(max(split_part(number, '-', 2)::int), 0) + 1, false)
FROM registrants_registrant WHERE number ~ '^[A-Z]+-[0-9]{6}-[0-9]$';
"""


class Migration(migrations.Migration):
    dependencies = [("registrants", "0002_registration")]

    operations = [
        migrations.RunSQL(THOSE_BEFORE, migrations.RunSQL.noop),
        migrations.RunSQL(BEGIN, migrations.RunSQL.noop),
        migrations.RunSQL(
            "CREATE TRIGGER begin_registration AFTER INSERT ON registrants_registrant"
            " FOR EACH ROW EXECUTE FUNCTION shared.begin_registration()",
            "DROP TRIGGER begin_registration ON registrants_registrant",
        ),
        migrations.RunSQL(NUMBERS, "DROP SEQUENCE registrants_number_seq; DROP SEQUENCE registrants_card_seq"),
    ]
