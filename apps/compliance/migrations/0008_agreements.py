"""Agreements and early ends: what was said on a day stays known."""

import django.db.models.deletion
from django.db import migrations, models

GUARD = """
CREATE FUNCTION shared.refuse_rewriting() RETURNS trigger
LANGUAGE plpgsql SET search_path = shared, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'what was agreed stays as it was' USING ERRCODE = 'integrity_constraint_violation';
END
$$
"""
TRIGGER = """
CREATE TRIGGER refuse_rewriting BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION shared.refuse_rewriting()
"""
DROP = "DROP TRIGGER refuse_rewriting ON {table}"
TABLES = ("compliance_agreementversion", "compliance_assignmentending")


class Migration(migrations.Migration):
    dependencies = [("tenants", "0008_care"), ("compliance", '0007_city_accounts')]  # fmt: skip

    operations = [
        migrations.CreateModel(
            name="AssignmentEnding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("revoked", "指定の取消し"),
                            ("returned", "指定管理者の辞退・解散"),
                            ("other", "その他（直営への変更など）"),
                        ],
                        max_length=8,
                    ),
                ),
                ("last_day", models.DateField()),
                ("reason", models.CharField(max_length=500)),
                ("made_by", models.UUIDField(null=True)),
                ("made_at", models.DateTimeField()),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenants.operatorassignment"
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="AgreementVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("in_force_from", models.DateField()),
                ("agreement_number", models.CharField(max_length=60)),
                ("personal_version", models.PositiveIntegerField()),
                ("security_version", models.PositiveIntegerField()),
                ("privacy_officer", models.CharField(max_length=60)),
                ("security_officer", models.CharField(max_length=60)),
                ("representative_title", models.CharField(max_length=40)),
                ("representative_name", models.CharField(max_length=60)),
                ("members", models.JSONField(default=list)),
                ("made_by", models.UUIDField(null=True)),
                ("made_at", models.DateTimeField()),
                ("why", models.CharField(max_length=200)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenants.operatorassignment"
                    ),
                ),
            ],
            options={
                "ordering": ["assignment_id", "-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("assignment", "version"), name="one_agreement_a_version"),
                    models.CheckConstraint(
                        condition=models.Q(("version__gt", 0)), name="versions_of_agreements_begin_with_one"
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARD, "DROP FUNCTION shared.refuse_rewriting()"),
        *(migrations.RunSQL(TRIGGER.format(table=table), DROP.format(table=table)) for table in TABLES),
    ]
