"""The index of the 登録証 follows the cards: each change of state in the same transaction, no issue without it."""

from django.db import migrations

CHANGED = """
CREATE TRIGGER senior_card_changed AFTER UPDATE OF state, issued_on, lapsed_on OR DELETE ON registrants_card
FOR EACH ROW WHEN (OLD.kind = 'senior') EXECUTE FUNCTION shared.senior_card_changed()
"""
ISSUED = """
CREATE CONSTRAINT TRIGGER senior_card_issued AFTER UPDATE ON registrants_card DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (NEW.kind = 'senior' AND OLD.state = 'applied' AND NEW.state IN ('active', 'suspended'))
EXECUTE FUNCTION shared.senior_card_issued()
"""
RENAMED = """
CREATE TRIGGER senior_holder_changed
AFTER UPDATE OF family_name, given_name, family_kana, given_kana, birth_date ON registrants_registrant
FOR EACH ROW WHEN ((OLD.family_name, OLD.given_name, OLD.family_kana, OLD.given_kana, OLD.birth_date)
    IS DISTINCT FROM (NEW.family_name, NEW.given_name, NEW.family_kana, NEW.given_kana, NEW.birth_date))
EXECUTE FUNCTION shared.senior_holder_changed()
"""


class Migration(migrations.Migration):
    dependencies = [("registrants", "0006_cause_of_closing"), ("seniorcards", "0005_upkeep")]

    operations = [
        migrations.RunSQL(CHANGED, "DROP TRIGGER senior_card_changed ON registrants_card"),
        migrations.RunSQL(ISSUED, "DROP TRIGGER senior_card_issued ON registrants_card"),
        migrations.RunSQL(RENAMED, "DROP TRIGGER senior_holder_changed ON registrants_registrant"),
    ]
