"""Whoever owes, or is owed, is not closed, and whoever is closed comes to owe nothing: also where the services fail.

``money_is_open`` says by one statement what ``apps.bookings.queries.ledgers`` (``OWING``, ``GOES_BACK``) and
``queries.past.unpaid_of`` say; a test compares them through the life of a fee. A closing is looked at when it holds
today: one ahead is looked at again on its day, when the column ``state`` follows. What is charged takes the
registrant's row for share, like a booking, so of a fee and a closing at once the second sees the first.

A closing ends the registration's waits by the trigger that ends those of a link that is let go.
"""

# ruff: noqa: S608  # statements are made of constants in code

from django.db import migrations

TODAY = "(now() AT TIME ZONE 'Asia/Tokyo')::date"
OPEN = """
CREATE OR REPLACE FUNCTION shared.money_is_open(place text, of_registrant uuid, of_booking uuid) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE is_open boolean;
BEGIN
    EXECUTE format($query$
        SELECT EXISTS (
            SELECT FROM (
                SELECT b.state, b.refund_percent,
                       coalesce((SELECT s.total FROM %1$I.bookings_feesheet s WHERE s.booking_id = b.id
                                 ORDER BY s.number DESC LIMIT 1), 0) AS total,
                       (SELECT coalesce(sum(p.amount), 0) FROM %1$I.bookings_payment p WHERE p.booking_id = b.id
                        AND NOT EXISTS (SELECT FROM %1$I.bookings_paymentvoid v WHERE v.payment_id = p.id)) AS received,
                       (SELECT coalesce(sum(n.surplus), 0) FROM %1$I.bookings_onlinesession n
                        WHERE n.booking_id = b.id) AS stray,
                       coalesce(f.excess, 0) AS excess, coalesce(f.granted, 0) AS granted,
                       coalesce(f.is_decided, false) AS is_decided,
                       (SELECT coalesce(sum(o.amount), 0) FROM %1$I.bookings_refundpayout o
                        JOIN %1$I.bookings_refund x ON x.id = o.refund_id WHERE x.booking_id = b.id) AS handed,
                       b.state IN ('refused', 'cancelled', 'called_off', 'revoked', 'expired') AS is_ended
                FROM %1$I.bookings_booking b
                LEFT JOIN LATERAL (SELECT sum(x.amount) FILTER (WHERE x.kind = 'excess') AS excess,
                                          sum(x.amount) FILTER (WHERE x.kind = 'ended') AS granted,
                                          bool_or(x.kind = 'ended') AS is_decided
                                   FROM %1$I.bookings_refund x WHERE x.booking_id = b.id AND x.void_at IS NULL) f
                       ON true
                WHERE b.registrant_id = $1 AND ($2 IS NULL OR b.id = $2)
            ) m
            WHERE NOT is_ended AND state <> 'hold' AND total > received - excess - granted
               OR NOT is_ended AND total < received - excess - granted
               OR handed < excess + granted
               OR is_ended AND NOT is_decided AND received > excess
                  AND (refund_percent IS NULL OR refund_percent > 0 OR total < received - excess OR stray > excess)
        ) OR $2 IS NULL AND EXISTS (
            SELECT FROM %1$I.bookings_pastbooking
            WHERE registrant_id = $1 AND state = 'permitted' AND settled_on IS NULL AND paid < fee
        )
    $query$, place) INTO is_open USING of_registrant, of_booking;
    RETURN is_open;
END
$$;
REVOKE ALL ON FUNCTION shared.money_is_open(text, uuid, uuid) FROM PUBLIC;
"""
REFUSE_CLOSING = """
        RAISE EXCEPTION 'money is open' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'whoever_has_open_money_is_not_closed';
"""
GUARD_STATE = f"""
CREATE OR REPLACE FUNCTION shared.guard_closed_state() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    IF money_is_open(TG_TABLE_SCHEMA, NEW.id, NULL) THEN
{REFUSE_CLOSING}
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION shared.guard_closed_state() FROM PUBLIC;
"""
GUARD_CHARGE = f"""
CREATE OR REPLACE FUNCTION shared.guard_charge() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    of_booking uuid := (to_jsonb(NEW) ->> TG_ARGV[0])::uuid;
    whose uuid;
    is_closed boolean;
BEGIN
    IF TG_NARGS > 1 THEN
        EXECUTE format('SELECT booking_id FROM %I.%I WHERE id = $1', TG_TABLE_SCHEMA, TG_ARGV[1])
        INTO of_booking USING of_booking;
    END IF;
    EXECUTE format('SELECT r.id FROM %1$I.registrants_registrant r'
                   ' JOIN %1$I.bookings_booking b ON b.registrant_id = r.id WHERE b.id = $1 FOR SHARE OF r',
                   TG_TABLE_SCHEMA)
    INTO whose USING of_booking;
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.registrants_statespan WHERE registrant_id = $1'
                   ' AND state = ''closed'' AND during @> $2)', TG_TABLE_SCHEMA)
    INTO is_closed USING whose, {TODAY};
    IF is_closed AND money_is_open(TG_TABLE_SCHEMA, whose, of_booking) THEN
        RAISE EXCEPTION 'a closed registration comes to owe nothing' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'a_closed_registration_comes_to_owe_nothing';
    END IF;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION shared.guard_charge() FROM PUBLIC;
"""
GUARD_CLOSING = f"""
CREATE OR REPLACE FUNCTION shared.guard_closing() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE has_bookings boolean;
BEGIN
    EXECUTE format('SELECT true FROM %I.registrants_registrant WHERE id = $1 FOR NO KEY UPDATE', TG_TABLE_SCHEMA)
    USING NEW.registrant_id;
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.bookings_booking WHERE registrant_id = $1 AND $2 @> day'
                   ' AND upper(during) > now() AND (state IN (''tentative'', ''under_review'', ''deferred'', ''permitted'')'
                   ' OR state = ''hold'' AND hold_expires_at > now()))',
                   TG_TABLE_SCHEMA)
    INTO has_bookings USING NEW.registrant_id, NEW.during;
    IF has_bookings THEN
        RAISE EXCEPTION 'bookings ahead' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'whoever_has_bookings_ahead_is_not_closed';
    END IF;
    IF NEW.during @> {TODAY} AND money_is_open(TG_TABLE_SCHEMA, NEW.registrant_id, NULL) THEN
{REFUSE_CLOSING}
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION shared.guard_closing() FROM PUBLIC;
"""
END_WAITS = """
CREATE OR REPLACE FUNCTION shared.end_waits() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    EXECUTE format('UPDATE %I.bookings_wait SET state = $2 WHERE registrant_id = $1 AND state = ANY ($3)',
                   TG_TABLE_SCHEMA)
    USING NEW.id, CASE NEW.state WHEN 'closed' THEN 'over' ELSE 'withdrawn' END,
          CASE NEW.state WHEN 'closed' THEN ARRAY['waiting', 'offered'] ELSE ARRAY['waiting'] END;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION shared.end_waits() FROM PUBLIC;
"""
WAITS_END = """
CREATE TRIGGER end_waits AFTER UPDATE OF portal_account, state ON registrants_registrant
FOR EACH ROW WHEN (OLD.portal_account IS NOT NULL AND NEW.portal_account IS NULL
                   OR OLD.state <> 'closed' AND NEW.state = 'closed')
EXECUTE FUNCTION shared.end_waits()
"""
WAITS_END_BEFORE = """
CREATE TRIGGER end_waits AFTER UPDATE OF portal_account ON registrants_registrant
FOR EACH ROW WHEN (OLD.portal_account IS NOT NULL AND NEW.portal_account IS NULL)
EXECUTE FUNCTION shared.end_waits()
"""
NO_TRIGGER = "DROP TRIGGER end_waits ON registrants_registrant"


def charging(table: str, event: str, of: str, condition: str = "true") -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER guard_charge AFTER {event} ON {table} FOR EACH ROW WHEN ({condition})"
        f" EXECUTE FUNCTION shared.guard_charge({of})",
        f"DROP TRIGGER guard_charge ON {table}",
    )


ENDED = "('refused', 'cancelled', 'called_off', 'revoked')"
"""What somebody decides. What lapses by itself (``expired``) lapses of whomever."""


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0039_close_payments_of_what_ended"),
        ("registrants", "0028_closings_put_off"),
    ]

    operations = [
        *(
            migrations.RunSQL(one, migrations.RunSQL.noop)
            for one in (OPEN, GUARD_CLOSING, GUARD_STATE, GUARD_CHARGE, END_WAITS)
        ),
        migrations.RunSQL(f"{NO_TRIGGER}; {WAITS_END}", f"{NO_TRIGGER}; {WAITS_END_BEFORE}"),
        migrations.RunSQL(
            "CREATE TRIGGER guard_closed_state BEFORE UPDATE OF state ON registrants_registrant FOR EACH ROW"
            " WHEN (NEW.state = 'closed' AND OLD.state <> 'closed') EXECUTE FUNCTION shared.guard_closed_state()",
            "DROP TRIGGER guard_closed_state ON registrants_registrant",
        ),
        charging("bookings_feesheet", "INSERT", "booking_id"),
        charging("bookings_paymentvoid", "INSERT", "payment_id, bookings_payment"),
        charging("bookings_refundpayout", "INSERT", "refund_id, bookings_refund", "NEW.reverses_id IS NOT NULL"),
        charging(
            "bookings_booking",
            "UPDATE OF state",
            "id",
            f"NEW.state IN {ENDED} AND OLD.state <> NEW.state AND upper(NEW.during) <= now()",
        ),
    ]
