"""A further item is kept only while the tenant collects it (収集の制限), whoever writes the row.

What was kept before an item was switched off may stay as it is. The function runs with the writer's own rights.
"""

from django.db import migrations

GUARD = """
CREATE OR REPLACE FUNCTION shared.keep_to_collected_items() RETURNS trigger
LANGUAGE plpgsql SET search_path = shared, pg_temp AS $$
DECLARE
    stray text;
BEGIN
    EXECUTE format(
        'SELECT item.key FROM jsonb_each($1) item WHERE item.value IS DISTINCT FROM $2 -> item.key AND NOT EXISTS ('
        ' SELECT FROM %I.registrants_itempolicy policy WHERE policy.item = item.key AND policy.is_collected) LIMIT 1',
        TG_TABLE_SCHEMA)
    INTO stray USING NEW.extras, CASE TG_OP WHEN 'UPDATE' THEN OLD.extras END;
    IF stray IS NOT NULL THEN
        RAISE EXCEPTION 'an item that is not collected'
        USING ERRCODE = 'check_violation', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
              CONSTRAINT = 'only_collected_items';
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION shared.keep_to_collected_items() FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("registrants", "0009_card_ends_with_its_registration")]

    operations = [
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
        migrations.RunSQL(
            "CREATE TRIGGER only_collected_items BEFORE INSERT OR UPDATE OF extras ON registrants_registrant"
            " FOR EACH ROW WHEN (NEW.extras <> '{}'::jsonb) EXECUTE FUNCTION shared.keep_to_collected_items()",
            "DROP TRIGGER only_collected_items ON registrants_registrant",
        ),
    ]
