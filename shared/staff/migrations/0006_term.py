"""Each account of a desk belongs to a designation, and its days are kept beside it."""

import django.contrib.postgres.fields.ranges
from django.db import migrations, models

ACCOUNTS_OF_BEFORE = """
UPDATE staff_staffaccount a SET (assignment, term) = (
    SELECT o.id, o.during FROM shared.tenants_operatorassignment o
    JOIN shared.tenants_tenant t ON t.id = o.tenant_id
    WHERE t.schema_name = current_schema()
      AND o.during @> greatest(coalesce(a.starts_on, '-infinity'), (now() AT TIME ZONE 'Asia/Tokyo')::date))
WHERE current_schema() <> 'shared'
"""
NOBODYS = "UPDATE staff_staffaccount SET term = 'empty' WHERE term IS NULL AND current_schema() <> 'shared'"
TRIGGER = """
DO $do$ BEGIN
    IF current_schema() <> 'shared' THEN
        CREATE TRIGGER keep_to_term BEFORE INSERT OR UPDATE OF assignment, term ON staff_staffaccount
        FOR EACH ROW EXECUTE FUNCTION shared.keep_to_term();
    END IF;
END $do$
"""


class Migration(migrations.Migration):
    dependencies = [("tenants", "0007_terms"), ("staff", '0005_signing_in')]  # fmt: skip

    operations = [
        migrations.AddField(
            model_name="staffaccount",
            name="assignment",
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="staffaccount",
            name="term",
            field=django.contrib.postgres.fields.ranges.DateRangeField(editable=False, null=True),
        ),
        migrations.RunSQL(ACCOUNTS_OF_BEFORE, migrations.RunSQL.noop),
        migrations.RunSQL(NOBODYS, migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER IF EXISTS keep_to_term ON staff_staffaccount"),
    ]
