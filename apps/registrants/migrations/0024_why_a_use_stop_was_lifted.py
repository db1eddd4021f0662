"""A 利用停止 is lifted for a reason, which stays with it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registrants", "0023_no_card_past_the_index")]

    operations = [
        migrations.AddField(
            model_name="usestop",
            name="lift_reason",
            field=models.CharField(blank=True, default="", max_length=500),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="usestop",
            constraint=models.CheckConstraint(
                condition=models.Q(("lift_reason", ""), ("lifted_at__isnull", True))
                | (models.Q(("lifted_at__isnull", False)) & ~models.Q(("lift_reason", ""))),
                name="a_use_stop_is_lifted_for_a_reason",
            ),
        ),
    ]
