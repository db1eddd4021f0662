"""No 登録証 comes into force past the index: not one that is written in force at once, nor one that was void."""

from django.db import migrations

BEFORE = """
DROP TRIGGER senior_card_issued ON registrants_card;
CREATE CONSTRAINT TRIGGER senior_card_issued AFTER UPDATE ON registrants_card DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (NEW.kind = 'senior' AND OLD.state = 'applied' AND NEW.state IN ('active', 'suspended'))
EXECUTE FUNCTION shared.senior_card_issued()
"""
ISSUED = """
DROP TRIGGER senior_card_issued ON registrants_card;
CREATE CONSTRAINT TRIGGER senior_card_issued AFTER UPDATE ON registrants_card DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (NEW.kind = 'senior' AND NEW.state IN ('active', 'suspended')
    AND (OLD.state NOT IN ('active', 'suspended') OR OLD.kind <> 'senior'))
EXECUTE FUNCTION shared.senior_card_issued()
"""
BROUGHT = """
CREATE CONSTRAINT TRIGGER senior_card_brought AFTER INSERT ON registrants_card DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (NEW.kind = 'senior' AND NEW.state IN ('active', 'suspended'))
EXECUTE FUNCTION shared.senior_card_issued()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registrants", "0022_consent_to_the_duplicate_check"),
        ("seniorcards", "0013_upkeep_by_the_key_in_use"),
    ]

    operations = [
        migrations.RunSQL(ISSUED, BEFORE),
        migrations.RunSQL(BROUGHT, "DROP TRIGGER senior_card_brought ON registrants_card"),
    ]
