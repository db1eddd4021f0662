"""A booking that ends makes its open payment due: the provider is told that nobody is to pay it any more."""

from django.db import migrations

CLOSE = """
CREATE OR REPLACE FUNCTION shared.close_online_session() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    EXECUTE format('UPDATE %I.bookings_onlinesession SET ask_at = least(ask_at, now())'
                   ' WHERE booking_id = $1 AND state IN (''new'', ''open'')', TG_TABLE_SCHEMA)
    USING NEW.id;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION shared.close_online_session() FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("bookings", "0038_payouts_are_taken_back")]

    operations = [
        migrations.RunSQL(CLOSE, migrations.RunSQL.noop),
        migrations.RunSQL(
            "CREATE TRIGGER close_online_session AFTER UPDATE OF state ON bookings_booking FOR EACH ROW"
            " WHEN (NEW.state IN ('refused', 'cancelled', 'called_off', 'revoked', 'expired')"
            " AND OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION shared.close_online_session()",
            "DROP TRIGGER close_online_session ON bookings_booking",
        ),
    ]
