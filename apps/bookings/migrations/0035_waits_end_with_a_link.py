"""Whoever's account lets a registration go is taken out of its lines (空き待ち): nobody could tell them any more."""

from django.db import migrations

TRIGGER = """
CREATE TRIGGER end_waits AFTER UPDATE OF portal_account ON registrants_registrant
FOR EACH ROW WHEN (OLD.portal_account IS NOT NULL AND NEW.portal_account IS NULL)
EXECUTE FUNCTION shared.end_waits()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0034_registration_papers"),
        ("registrants", "0020_board_registrants_that_wait"),
        ("accounts", "0009_money_waits_and_numbers"),
    ]

    operations = [migrations.RunSQL(TRIGGER, "DROP TRIGGER end_waits ON registrants_registrant")]
