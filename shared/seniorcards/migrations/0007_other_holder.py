"""A card whose holder or former name is another now gets new tokens, like one whose holder changed the name."""

from django.db import migrations

OTHER = """
CREATE OR REPLACE FUNCTION shared.senior_other_holder() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    EXECUTE format('DELETE FROM %I.registrants_cardtoken WHERE card_id = $1', TG_TABLE_SCHEMA) USING NEW.id;
    RETURN NULL;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("seniorcards", "0006_lacking")]

    operations = [migrations.RunSQL(OTHER, migrations.RunSQL.noop)]
