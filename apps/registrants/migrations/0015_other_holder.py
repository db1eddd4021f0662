"""A merge moves cards to another record: their tokens follow."""

from django.db import migrations

OTHER = """
CREATE TRIGGER senior_other_holder AFTER UPDATE OF registrant_id, former_name, former_kana ON registrants_card
FOR EACH ROW WHEN (OLD.kind = 'senior' AND (OLD.registrant_id, OLD.former_name, OLD.former_kana)
    IS DISTINCT FROM (NEW.registrant_id, NEW.former_name, NEW.former_kana))
EXECUTE FUNCTION shared.senior_other_holder()
"""


class Migration(migrations.Migration):
    dependencies = [("registrants", "0014_similar_groups_by_index"), ("seniorcards", "0007_other_holder")]

    operations = [migrations.RunSQL(OTHER, "DROP TRIGGER senior_other_holder ON registrants_card")]
