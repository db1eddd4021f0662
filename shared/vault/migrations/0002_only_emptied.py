"""A row of the vault may be emptied, and nothing else: neither filled again, nor fetched twice."""

from django.db import migrations

GUARD = """
CREATE OR REPLACE FUNCTION shared.guard_vault() RETURNS trigger
LANGUAGE plpgsql SET search_path = shared, pg_temp AS $$
BEGIN
    IF OLD.destroyed_at IS NOT NULL OR NEW.content IS NOT NULL OR NEW.destroyed_at IS NULL THEN
        RAISE EXCEPTION 'a file of the vault can only be emptied, once' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION shared.guard_vault() FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("vault", '0001_initial')]  # fmt: skip

    operations = [
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
        migrations.RunSQL(
            "CREATE TRIGGER guard_vault BEFORE UPDATE ON vault_vaultfile"
            " FOR EACH ROW EXECUTE FUNCTION shared.guard_vault()",
            "DROP TRIGGER guard_vault ON vault_vaultfile",
        ),
    ]
