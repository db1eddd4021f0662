"""過半数, 中学生を除く, consent for every minor, 二重登録防止, and which grounds make groups similar, per tenant."""

import django.contrib.postgres.fields
from django.db import migrations, models

import apps.registrants.models.policy


class Migration(migrations.Migration):
    dependencies = [("registrants", "0025_counter_only")]

    operations = [
        migrations.AddField("registrationpolicy", "exceeds_city_percent", models.BooleanField(default=False)),
        migrations.AddField("registrationpolicy", "excludes_pupils", models.BooleanField(default=False)),
        migrations.AddField("registrationpolicy", "consent_of_members", models.BooleanField(default=False)),
        migrations.AddField(
            "registrationpolicy", "barring_shared_members", models.PositiveSmallIntegerField(default=0)
        ),
        migrations.AddField(
            "registrationpolicy",
            "similar_by",
            django.contrib.postgres.fields.ArrayField(
                models.CharField(max_length=20), default=apps.registrants.models.policy.similar_by_all
            ),
        ),
    ]
