"""What was law or agreed on a day stays as it was: the guard of the texts."""

from django.db import migrations

GUARD = """
CREATE FUNCTION shared.guard_clause() RETURNS trigger
LANGUAGE plpgsql SET search_path = shared, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'a version of a text stays as it is' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.version > 1 AND NEW.in_force_from < (NEW.made_at AT TIME ZONE 'Asia/Tokyo')::date THEN
        RAISE EXCEPTION 'a text does not hold for days that are over' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.version <> 1 + coalesce((SELECT max(version) FROM compliance_clausetext WHERE code = NEW.code), 0) THEN
        RAISE EXCEPTION 'versions of a text are numbered' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$
"""
TRIGGER = """
CREATE TRIGGER guard_clause BEFORE INSERT OR UPDATE OR DELETE ON compliance_clausetext
FOR EACH ROW EXECUTE FUNCTION shared.guard_clause()
"""


class Migration(migrations.Migration):
    dependencies = [("compliance", '0001_clauses')]

    operations = [
        migrations.RunSQL(GUARD, "DROP FUNCTION shared.guard_clause()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER guard_clause ON compliance_clausetext"),
    ]
