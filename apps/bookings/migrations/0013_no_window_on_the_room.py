"""The room's own columns of its window are gone."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("bookings", "0012_windows_of_rooms")]

    operations = [
        migrations.RemoveField(model_name="room", name="closes_days_before"),
        migrations.RemoveField(model_name="room", name="opens_months_before"),
    ]
