"""What the city did with a tenant stays known."""

import django.db.models.deletion
from django.db import migrations, models

TRIGGER = """
CREATE TRIGGER refuse_rewriting BEFORE UPDATE OR DELETE ON compliance_tenantact
FOR EACH ROW EXECUTE FUNCTION shared.refuse_rewriting()
"""


class Migration(migrations.Migration):
    dependencies = [("tenants", "0009_resting"), ("compliance", "0019_registers")]  # fmt: skip

    operations = [
        migrations.CreateModel(
            name="TenantAct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("deed", models.CharField(choices=[("suspend", "停止"), ("resume", "再開")], max_length=8)),
                ("reason", models.CharField(max_length=300)),
                ("made_by", models.UUIDField(null=True)),
                ("made_at", models.DateTimeField()),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenants.tenant"
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-id"],
            },
        ),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER refuse_rewriting ON compliance_tenantact"),
    ]
