"""When a holder consented to the look-up in the other facilities; unknown of cards from before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registrants", "0021_register_of_issues_is_kept")]

    operations = [migrations.AddField("card", "consented_on", models.DateField(blank=True, null=True))]
