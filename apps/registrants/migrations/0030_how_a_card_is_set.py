"""A print job keeps how each card is set, found sheet by sheet: so it tells how far it is, and goes on there."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registrants", "0029_card_prints")]

    operations = [
        migrations.AddField(model_name="cardprintitem", name="fit", field=models.PositiveSmallIntegerField(null=True)),
    ]
