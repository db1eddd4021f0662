"""An export goes one way only: what was decided stays so, and one approval makes one file that is fetched once."""

from django.db import migrations

GUARD = """
CREATE OR REPLACE FUNCTION shared.guard_export() RETURNS trigger
LANGUAGE plpgsql SET search_path = shared, pg_temp AS $$
BEGIN
    IF OLD.decision <> '' AND NEW.decision <> OLD.decision OR OLD.outcome <> NEW.outcome AND
       (OLD.outcome, NEW.outcome) NOT IN (('', 'withdrawn'), ('', 'making'), ('making', 'made'),
       ('making', 'withdrawn'), ('making', 'differs'), ('making', 'failed'), ('made', 'fetched'),
       ('made', 'withdrawn')) OR OLD.decision = '' AND NEW.decision <> '' AND NEW.outcome <> '' THEN
        RAISE EXCEPTION 'an export goes one way only' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION shared.guard_export() FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("compliance", '0001_exports')]  # fmt: skip

    operations = [
        migrations.RunSQL(GUARD, "DROP FUNCTION shared.guard_export()"),
        migrations.RunSQL(
            "CREATE TRIGGER guard_export BEFORE UPDATE ON compliance_exportrequest"
            " FOR EACH ROW EXECUTE FUNCTION shared.guard_export()",
            "DROP TRIGGER guard_export ON compliance_exportrequest",
        ),
    ]
