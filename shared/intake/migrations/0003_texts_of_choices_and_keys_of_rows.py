"""The texts that stand for choices are kept with how often they occur, understood or not; a bad row knows its key."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_backlog")]

    operations = [
        migrations.RenameField("job", "unknown", "texts"),
        migrations.AddField("rejectedrow", "key", models.CharField(blank=True, default="", max_length=120), False),
        migrations.AddIndex(
            "rejectedrow", models.Index(condition=Q(state="open"), fields=["source", "key"], name="rejected_by_key")
        ),
    ]
