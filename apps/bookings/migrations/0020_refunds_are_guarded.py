"""No more goes back than came in, what was decided is not altered, and a 充当 has its two sides.

As for payments, the functions lock the booking's row (then the day's cash), so of two that come at once the second
sees the first; they run as the owner, so that the sums are of all rows. ``guard_payment``, ``guard_void`` and
``guard_cash_day`` take refunds into account from here on.
"""

# ruff: noqa: S608  # statements are made of constants in code

from django.db import migrations

REFUSE = "USING ERRCODE = 'check_violation', CONSTRAINT = "
LOCK_BOOKING = """
    EXECUTE format('SELECT true FROM %I.bookings_booking WHERE id = $1 FOR NO KEY UPDATE', TG_TABLE_SCHEMA)
    USING of_booking;
"""
RECEIVED = """
    EXECUTE format('SELECT coalesce(sum(p.amount), 0) FROM %I.bookings_payment p WHERE p.booking_id = $1'
                   ' AND NOT EXISTS (SELECT FROM %I.bookings_paymentvoid v WHERE v.payment_id = p.id)',
                   TG_TABLE_SCHEMA, TG_TABLE_SCHEMA)
    INTO received USING of_booking;
"""
DECIDED = """
    EXECUTE format('SELECT coalesce(sum(amount), 0) FROM %I.bookings_refund WHERE booking_id = $1'
                   ' AND void_at IS NULL', TG_TABLE_SCHEMA)
    INTO decided USING of_booking;
"""
CASH_LOCK = """
    PERFORM pg_advisory_xact_lock_shared(hashtextextended(TG_TABLE_SCHEMA || 'cash' || NEW.day, 0));
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.bookings_cashday WHERE day = $1)', TG_TABLE_SCHEMA)
    INTO is_closed USING NEW.day;
    IF is_closed THEN
        RAISE EXCEPTION 'a closed day receives nothing'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_closed_day_receives_nothing';
    END IF;
"""


def function(name: str, body: str, declare: str = "") -> str:
    declared = f"DECLARE {declare}" if declare else ""
    return f"""
CREATE OR REPLACE FUNCTION shared.{name}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
{declared}
BEGIN
{body}
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION shared.{name}() FROM PUBLIC;
"""


def refused(name: str) -> str:
    return f"RAISE EXCEPTION '{name.replace('_', ' ')}' {REFUSE}'{name}';"


GUARD_PAYMENT = function(
    "guard_payment",
    LOCK_BOOKING
    + CASH_LOCK
    + """
    EXECUTE format('SELECT total FROM %I.bookings_feesheet WHERE booking_id = $1 ORDER BY number DESC LIMIT 1',
                   TG_TABLE_SCHEMA)
    INTO owed USING of_booking;
"""
    + RECEIVED
    + DECIDED
    + f"""
    IF received - decided + NEW.amount > coalesce(owed, 0) THEN {refused("no_more_is_received_than_is_owed")} END IF;
""",
    "of_booking uuid := NEW.booking_id; owed integer; received bigint; decided bigint; is_closed boolean;",
)
GUARD_VOID = function(
    "guard_void",
    """
    EXECUTE format('SELECT booking_id, amount, method FROM %I.bookings_payment WHERE id = $1', TG_TABLE_SCHEMA)
    INTO of_booking, taken, how USING NEW.payment_id;
"""
    + LOCK_BOOKING
    + CASH_LOCK
    + RECEIVED
    + DECIDED
    + f"""
    IF how = 'offset' THEN {refused("an_offset_is_not_voided")} END IF;
    IF received - taken < decided THEN {refused("no_more_goes_back_than_came_in")} END IF;
""",
    "of_booking uuid; taken integer; how varchar; received bigint; decided bigint; is_closed boolean;",
)
GUARD_CASH = function(
    "guard_cash_day",
    f"""
    PERFORM pg_advisory_xact_lock(hashtextextended(TG_TABLE_SCHEMA || 'cash' || NEW.day, 0));
    EXECUTE format('SELECT coalesce((SELECT sum(amount) FROM %I.bookings_payment WHERE day = $1 AND method = ''cash''), 0)'
                   ' - coalesce((SELECT sum(p.amount) FROM %I.bookings_paymentvoid v'
                   ' JOIN %I.bookings_payment p ON p.id = v.payment_id WHERE v.day = $1 AND p.method = ''cash''), 0)'
                   ' - coalesce((SELECT sum(o.amount) FROM %I.bookings_refundpayout o'
                   ' WHERE o.day = $1 AND o.method = ''cash''), 0)',
                   TG_TABLE_SCHEMA, TG_TABLE_SCHEMA, TG_TABLE_SCHEMA, TG_TABLE_SCHEMA)
    INTO expected USING NEW.day;
    IF expected <> NEW.expected THEN {refused("the_day_is_what_was_received")} END IF;
""",
    "expected bigint;",
)
GUARD_REFUND = function(
    "guard_refund",
    f"""
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.booking_id, NEW.kind, NEW.fiscal_year, NEW.serial, NEW.day, NEW.base, NEW.percent, NEW.amount)
           IS DISTINCT FROM
           (OLD.booking_id, OLD.kind, OLD.fiscal_year, OLD.serial, OLD.day, OLD.base, OLD.percent, OLD.amount)
           OR OLD.void_at IS NOT NULL AND NEW.void_at IS DISTINCT FROM OLD.void_at
        THEN {refused("a_refund_is_never_altered")} END IF;
    END IF;
"""
    + LOCK_BOOKING
    + RECEIVED
    + DECIDED
    + f"""
    IF TG_OP = 'INSERT' THEN
        IF NEW.void_at IS NULL AND decided + NEW.amount > received
        THEN {refused("no_more_goes_back_than_came_in")} END IF;
    ELSIF NEW.void_at IS NOT NULL AND OLD.void_at IS NULL THEN
        EXECUTE format('SELECT EXISTS (SELECT FROM %I.bookings_refundpayout WHERE refund_id = $1)', TG_TABLE_SCHEMA)
        INTO is_paid USING NEW.id;
        IF is_paid THEN {refused("what_was_handed_out_is_not_withdrawn")} END IF;
    END IF;
""",
    "of_booking uuid := NEW.booking_id; received bigint; decided bigint; is_paid boolean;",
)
GUARD_PAYOUT = function(
    "guard_payout",
    f"""
    IF TG_OP <> 'INSERT' THEN {refused("a_refund_is_never_altered")} END IF;
    EXECUTE format('SELECT booking_id FROM %I.bookings_refund WHERE id = $1', TG_TABLE_SCHEMA)
    INTO of_booking USING NEW.refund_id;
"""
    + LOCK_BOOKING
    + CASH_LOCK
    + f"""
    EXECUTE format('SELECT amount, void_at IS NOT NULL FROM %I.bookings_refund WHERE id = $1', TG_TABLE_SCHEMA)
    INTO decided, is_void USING NEW.refund_id;
    EXECUTE format('SELECT coalesce(sum(amount), 0) FROM %I.bookings_refundpayout WHERE refund_id = $1',
                   TG_TABLE_SCHEMA)
    INTO handed USING NEW.refund_id;
    IF is_void OR handed + NEW.amount > decided THEN {refused("no_more_is_handed_out_than_was_decided")} END IF;
    IF NEW.payment_id IS NOT NULL THEN
        EXECUTE format('SELECT p.amount = $1 AND p.method = ''offset'' AND p.day = $2 AND p.booking_id <> f.id'
                       ' AND b.registrant_id = f.registrant_id FROM %I.bookings_payment p'
                       ' JOIN %I.bookings_booking b ON b.id = p.booking_id'
                       ' JOIN %I.bookings_booking f ON f.id = $3 WHERE p.id = $4',
                       TG_TABLE_SCHEMA, TG_TABLE_SCHEMA, TG_TABLE_SCHEMA)
        INTO is_fit USING NEW.amount, NEW.day, of_booking, NEW.payment_id;
        IF is_fit IS NOT TRUE THEN {refused("an_offset_pays_another_fee_of_the_same")} END IF;
    END IF;
""",
    "of_booking uuid; decided bigint; handed bigint; is_void boolean; is_closed boolean; is_fit boolean;",
)
GUARD_OFFSET = function(
    "guard_offset",
    f"""
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.bookings_refundpayout WHERE payment_id = $1)', TG_TABLE_SCHEMA)
    INTO is_fit USING NEW.id;
    IF NOT is_fit THEN {refused("an_offset_has_its_source")} END IF;
""",
    "is_fit boolean;",
)


def trigger(name: str, table: str, event: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION shared.{name}()",
        f"DROP TRIGGER {name} ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("bookings", "0019_refunds")]

    operations = [
        *(
            migrations.RunSQL(one, migrations.RunSQL.noop)
            for one in (GUARD_PAYMENT, GUARD_VOID, GUARD_CASH, GUARD_REFUND, GUARD_PAYOUT, GUARD_OFFSET)
        ),
        trigger("guard_refund", "bookings_refund", "INSERT OR UPDATE"),
        trigger("guard_payout", "bookings_refundpayout", "INSERT OR UPDATE"),
        migrations.RunSQL(
            "CREATE CONSTRAINT TRIGGER guard_offset AFTER INSERT ON bookings_payment DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW WHEN (NEW.method = 'offset') EXECUTE FUNCTION shared.guard_offset()",
            "DROP TRIGGER guard_offset ON bookings_payment",
        ),
    ]
