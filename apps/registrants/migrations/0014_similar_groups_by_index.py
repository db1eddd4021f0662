"""The index of group names without a list of pending entries, for which the planner would rather read all groups."""

import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("registrants", "0013_inquiry_note"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="groupkeys",
            name="group_by_name_keys",
        ),
        migrations.AddIndex(
            model_name="groupkeys",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["names"], name="group_by_name_keys"
            ),
        ),
    ]
