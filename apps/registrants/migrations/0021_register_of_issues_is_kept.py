"""A print keeps what stands on it, and neither a number nor a line of the register is ever written over.

A transfer is the city's act, which voids the former facility's card by a function: its history learns of it here.
"""

from django.db import migrations, models

REFUSE = "USING ERRCODE = 'check_violation', CONSTRAINT = "


def function(name: str, body: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION shared.{name}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
{body}
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION shared.{name}() FROM PUBLIC;
"""


KEEP_NUMBER = function(
    "keep_card_number",
    f"""
    IF OLD.number IS NOT NULL AND NEW.number IS DISTINCT FROM OLD.number OR NEW.kind <> OLD.kind THEN
        RAISE EXCEPTION 'a card keeps its number' {REFUSE}'a_card_keeps_its_number';
    END IF;
    IF NEW.branch NOT IN (OLD.branch, OLD.branch + 1) THEN
        RAISE EXCEPTION 'branches follow one another' {REFUSE}'branches_follow_one_another';
    END IF;
""",
)
KEEP_LINE = function(
    "keep_card_issue",
    f"""
    IF (NEW.card_id, NEW.branch, NEW.cause, NEW.made_on) <> (OLD.card_id, OLD.branch, OLD.cause, OLD.made_on)
        OR OLD.handed_over_on IS NOT NULL AND NEW.handed_over_on IS DISTINCT FROM OLD.handed_over_on
        OR OLD.returned_on IS NOT NULL AND NEW.returned_on IS DISTINCT FROM OLD.returned_on
        OR OLD.voided_on IS NOT NULL AND NEW.voided_on IS DISTINCT FROM OLD.voided_on
        OR NEW.face IS NOT NULL AND NEW.face IS DISTINCT FROM OLD.face
        OR NEW.printed < OLD.printed
    THEN
        RAISE EXCEPTION 'a line of the register is kept' {REFUSE}'a_line_of_the_register_is_kept';
    END IF;
""",
)


TELL_TRANSFER = function(
    "tell_card_transfer",
    """
    EXECUTE format('INSERT INTO %I.registrants_cardact (card_id, at, act, branch, effective_on, actor_kind, reason)'
                   ' VALUES ($1, now(), ''lapse'', $2, $3, ''city'', '''')', TG_TABLE_SCHEMA)
    USING NEW.id, NEW.branch, NEW.lapsed_on;
""",
)


def trigger(name: str, table: str) -> str:
    return f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION shared.{name}()"


AT_TRANSFER = """
CREATE TRIGGER tell_card_transfer AFTER UPDATE OF state ON registrants_card FOR EACH ROW
WHEN (NEW.lapse_cause = 'transferred' AND OLD.lapse_cause = '') EXECUTE FUNCTION shared.tell_card_transfer()
"""


class Migration(migrations.Migration):
    dependencies = [("registrants", "0020_board_registrants_that_wait")]

    operations = [
        migrations.AddField("cardissue", "face", models.JSONField(blank=True, null=True)),
        migrations.RunSQL(KEEP_NUMBER, migrations.RunSQL.noop),
        migrations.RunSQL(KEEP_LINE, migrations.RunSQL.noop),
        migrations.RunSQL(
            trigger("keep_card_number", "registrants_card"), "DROP TRIGGER keep_card_number ON registrants_card"
        ),
        migrations.RunSQL(
            trigger("keep_card_issue", "registrants_cardissue"), "DROP TRIGGER keep_card_issue ON registrants_cardissue"
        ),
        migrations.RunSQL(TELL_TRANSFER, migrations.RunSQL.noop),
        migrations.RunSQL(AT_TRANSFER, "DROP TRIGGER tell_card_transfer ON registrants_card"),
    ]
