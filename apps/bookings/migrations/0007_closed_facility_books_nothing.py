"""A facility that the city has closed books nothing, also where a process has not noticed yet."""

from django.db import migrations

TRIGGER = """
CREATE TRIGGER guard_open_place BEFORE INSERT ON bookings_booking
FOR EACH STATEMENT EXECUTE FUNCTION shared.guard_open_place()
"""


class Migration(migrations.Migration):
    dependencies = [("bookings", "0006_months"), ("tenants", "0010_closed")]

    operations = [migrations.RunSQL(TRIGGER, "DROP TRIGGER guard_open_place ON bookings_booking")]
