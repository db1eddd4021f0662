"""Texts of law and agreement: what held on a day stays as it was, and a guard sees to it."""

from django.db import migrations, models

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
    dependencies = [("compliance", '0002_export_guard')]  # fmt: skip

    operations = [
        migrations.CreateModel(
            name="ClauseText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("version", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=100)),
                ("body", models.TextField()),
                ("in_force_from", models.DateField()),
                ("made_by", models.UUIDField(null=True)),
                ("made_at", models.DateTimeField()),
                ("why", models.CharField(max_length=200)),
            ],
            options={
                "ordering": ["code", "-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("code", "version"), name="one_text_a_version"),
                    models.CheckConstraint(
                        condition=models.Q(("version__gt", 0)), name="versions_of_texts_begin_with_one"
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARD, "DROP FUNCTION shared.guard_clause()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER guard_clause ON compliance_clausetext"),
    ]
