"""Paying online is guarded by the database: what a session asks for, how it moves, and that it is received once.

A session asks for exactly what is owed when it begins and is never altered; its state moves along the table of
``apps.bookings.rules.online`` only. A payment that names a session is of that session's amount, once, and rests on a
notice of the provider. It may exceed what is owed only by the surplus that the session tells, and it is received on a
day whose drawer is closed too: closing a day is about the cash. What was paid online is not voided: it goes back
through the provider, and stands as handed out only when the provider has said that it did. What is on its way there is
handed out by no other way meanwhile.
"""

# ruff: noqa: S608  # statements are made of constants in code

from django.db import migrations

REFUSE = "USING ERRCODE = 'check_violation', CONSTRAINT = "


def function(name: str, body: str, declare: str = "") -> migrations.RunSQL:
    declared = f"DECLARE {declare}" if declare else ""
    return migrations.RunSQL(
        f"""
CREATE OR REPLACE FUNCTION shared.{name}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
{declared}
BEGIN
{body}
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION shared.{name}() FROM PUBLIC;
""",
        migrations.RunSQL.noop,
    )


def refused(name: str) -> str:
    return f"RAISE EXCEPTION '{name.replace('_', ' ')}' {REFUSE}'{name}';"


LOCK_BOOKING = """
    EXECUTE format('SELECT true FROM %I.bookings_booking WHERE id = $1 FOR NO KEY UPDATE', TG_TABLE_SCHEMA)
    USING NEW.booking_id;
"""
STANDING = """
    EXECUTE format('SELECT id, total FROM %I.bookings_feesheet WHERE booking_id = $1 ORDER BY number DESC LIMIT 1',
                   TG_TABLE_SCHEMA)
    INTO newest, total USING NEW.booking_id;
    EXECUTE format('SELECT coalesce(sum(p.amount), 0) FROM %I.bookings_payment p WHERE p.booking_id = $1'
                   ' AND NOT EXISTS (SELECT FROM %I.bookings_paymentvoid v WHERE v.payment_id = p.id)',
                   TG_TABLE_SCHEMA, TG_TABLE_SCHEMA)
    INTO paid USING NEW.booking_id;
    EXECUTE format('SELECT coalesce(sum(amount), 0) FROM %I.bookings_refund WHERE booking_id = $1'
                   ' AND void_at IS NULL', TG_TABLE_SCHEMA)
    INTO decided USING NEW.booking_id;
"""
BEGUN = function(
    "guard_online_begun",
    LOCK_BOOKING
    + STANDING
    + f"""
    IF NEW.state <> 'new' OR NEW.surplus <> 0 OR NEW.payment_ref <> '' OR NEW.settled_at IS NOT NULL
       OR NEW.sheet_id IS DISTINCT FROM newest OR NEW.amount <> coalesce(total, 0) - (paid - decided)
    THEN {refused("a_session_asks_for_what_is_owed")} END IF;
""",
    "newest uuid; total integer; paid bigint; decided bigint;",
)
MOVED = function(
    "guard_online_moved",
    f"""
    IF (NEW.id, NEW.booking_id, NEW.sheet_id, NEW.reference, NEW.provider, NEW.amount, NEW.created_at, NEW.expires_at)
       IS DISTINCT FROM
       (OLD.id, OLD.booking_id, OLD.sheet_id, OLD.reference, OLD.provider, OLD.amount, OLD.created_at, OLD.expires_at)
       OR OLD.payment_ref <> '' AND NEW.payment_ref <> OLD.payment_ref
       OR NEW.surplus <> OLD.surplus AND NOT (OLD.state <> 'paid' AND NEW.state = 'paid')
    THEN {refused("a_session_is_never_altered")} END IF;
    IF NEW.state <> OLD.state AND NOT (
        OLD.state = 'new' AND NEW.state = 'open'
        OR OLD.state IN ('new', 'open') AND NEW.state IN ('paid', 'failed', 'cancelled', 'expired', 'mismatch')
        OR OLD.state IN ('failed', 'cancelled', 'expired') AND NEW.state IN ('paid', 'mismatch'))
    THEN {refused("a_session_moves_along_its_table")} END IF;
""",
)
TOLD = function(
    "guard_provider_event",
    f"""
    IF (NEW.id, NEW.provider, NEW.event, NEW.source, NEW.kind, NEW.reference, NEW.amount, NEW.method, NEW.payment_ref,
        NEW.refund_ref, NEW.at, NEW.received_at)
       IS DISTINCT FROM
       (OLD.id, OLD.provider, OLD.event, OLD.source, OLD.kind, OLD.reference, OLD.amount, OLD.method, OLD.payment_ref,
        OLD.refund_ref, OLD.at, OLD.received_at)
       OR OLD.is_settled AND (NOT NEW.is_settled OR NEW.outcome <> OLD.outcome
                              OR NEW.session_id IS DISTINCT FROM OLD.session_id)
    THEN {refused("what_was_told_is_never_altered")} END IF;
""",
)
RECEIVED = function(
    "guard_online_payment",
    LOCK_BOOKING
    + STANDING
    + f"""
    EXECUTE format('SELECT s.surplus FROM %I.bookings_onlinesession s WHERE s.id = $1 AND s.booking_id = $2'
                   ' AND s.amount = $3 AND s.state = ''paid'' AND EXISTS (SELECT FROM %I.bookings_providerevent e'
                   ' WHERE e.session_id = s.id AND e.kind = ''paid'' AND e.amount = s.amount'
                   ' AND e.payment_ref = s.payment_ref)', TG_TABLE_SCHEMA, TG_TABLE_SCHEMA)
    INTO spare USING NEW.online_id, NEW.booking_id, NEW.amount;
    IF spare IS NULL OR NEW.method NOT IN ('card', 'code') OR NEW.received_by IS NOT NULL
    THEN {refused("an_online_payment_rests_on_a_notice")} END IF;
    IF spare < NEW.amount AND paid - decided + NEW.amount - spare > coalesce(total, 0)
    THEN {refused("no_more_is_received_than_is_owed")} END IF;
""",
    "newest uuid; total integer; paid bigint; decided bigint; spare integer;",
)
VOIDED = function(
    "guard_online_void",
    f"""
    EXECUTE format('SELECT online_id IS NOT NULL FROM %I.bookings_payment WHERE id = $1', TG_TABLE_SCHEMA)
    INTO is_online USING NEW.payment_id;
    IF is_online THEN {refused("what_was_paid_online_is_not_voided")} END IF;
""",
    "is_online boolean;",
)
HANDED = """
    EXECUTE format('SELECT amount, void_at IS NOT NULL FROM %I.bookings_refund WHERE id = $1', TG_TABLE_SCHEMA)
    INTO decided, is_void USING NEW.refund_id;
    EXECUTE format('SELECT coalesce(sum(amount), 0) FROM %I.bookings_refundpayout WHERE refund_id = $1',
                   TG_TABLE_SCHEMA)
    INTO handed USING NEW.refund_id;
    EXECUTE format('SELECT coalesce(sum(amount), 0) FROM %I.bookings_onlinerefund WHERE refund_id = $1'
                   ' AND state IN (''asked'', ''sent'')', TG_TABLE_SCHEMA)
    INTO underway USING NEW.refund_id;
"""
REFUNDING = function(
    "guard_online_refund",
    f"""
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.id, NEW.session_id, NEW.refund_id, NEW.amount, NEW.reason, NEW.asked_at)
           IS DISTINCT FROM (OLD.id, OLD.session_id, OLD.refund_id, OLD.amount, OLD.reason, OLD.asked_at)
           OR OLD.state IN ('done', 'failed') AND NEW.state <> OLD.state
        THEN {refused("a_refund_is_asked_for_once")} END IF;
        RETURN NEW;
    END IF;
    EXECUTE format('SELECT booking_id FROM %I.bookings_onlinesession WHERE id = $1', TG_TABLE_SCHEMA)
    INTO of_booking USING NEW.session_id;
    EXECUTE format('SELECT true FROM %I.bookings_booking WHERE id = $1 FOR NO KEY UPDATE', TG_TABLE_SCHEMA)
    USING of_booking;
    EXECUTE format('SELECT state = ''paid'' FROM %I.bookings_onlinesession WHERE id = $1', TG_TABLE_SCHEMA)
    INTO is_received USING NEW.session_id;
    EXECUTE format('SELECT coalesce(max(amount), 0) FROM %I.bookings_providerevent WHERE session_id = $1'
                   ' AND kind = ''paid''', TG_TABLE_SCHEMA)
    INTO taken USING NEW.session_id;
    EXECUTE format('SELECT coalesce(sum(amount), 0) FROM %I.bookings_onlinerefund WHERE session_id = $1'
                   ' AND state <> ''failed''', TG_TABLE_SCHEMA)
    INTO back USING NEW.session_id;
    IF back + NEW.amount > taken THEN {refused("no_more_goes_back_than_was_taken")} END IF;
    IF NEW.refund_id IS NULL THEN
        IF is_received THEN {refused("what_was_received_goes_back_by_a_decision")} END IF;
        RETURN NEW;
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.bookings_refund WHERE id = $1 AND booking_id = $2)', TG_TABLE_SCHEMA)
    INTO is_ours USING NEW.refund_id, of_booking;
"""
    + HANDED
    + f"""
    IF NOT is_received OR NOT is_ours THEN {refused("what_was_received_goes_back_by_a_decision")} END IF;
    IF is_void OR handed + underway + NEW.amount > decided
    THEN {refused("no_more_is_handed_out_than_was_decided")} END IF;
""",
    "of_booking uuid; taken bigint; back bigint; decided bigint; handed bigint; underway bigint; is_void boolean;"
    " is_ours boolean; is_received boolean;",
)
PAID_BACK = function(
    "guard_online_payout",
    f"""
    IF TG_OP <> 'INSERT' THEN {refused("a_refund_is_never_altered")} END IF;
    EXECUTE format('SELECT coalesce(sum(amount), 0) FROM %I.bookings_onlinerefund WHERE refund_id = $1'
                   ' AND state = ''done''', TG_TABLE_SCHEMA)
    INTO done USING NEW.refund_id;
    EXECUTE format('SELECT coalesce(sum(amount), 0) FROM %I.bookings_refundpayout WHERE refund_id = $1'
                   ' AND method = ''online''', TG_TABLE_SCHEMA)
    INTO handed USING NEW.refund_id;
    IF NEW.payment_id IS NOT NULL OR handed + NEW.amount > done
    THEN {refused("an_online_payout_rests_on_the_provider")} END IF;
""",
    "done bigint; handed bigint;",
)
BESIDE = function(
    "guard_payout_beside",
    """
    EXECUTE format('SELECT true FROM %I.bookings_booking b WHERE b.id = (SELECT booking_id FROM %I.bookings_refund'
                   ' WHERE id = $1) FOR NO KEY UPDATE', TG_TABLE_SCHEMA, TG_TABLE_SCHEMA) USING NEW.refund_id;
"""
    + HANDED
    + f"""
    IF handed + underway + NEW.amount > decided
    THEN {refused("no_more_is_handed_out_than_was_decided")} END IF;
""",
    "decided bigint; handed bigint; underway bigint; is_void boolean;",
)
WITHDRAWN = function(
    "guard_refund_withdrawn",
    f"""
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.bookings_onlinerefund WHERE refund_id = $1 AND state <> ''failed'')',
                   TG_TABLE_SCHEMA) INTO is_underway USING NEW.id;
    IF is_underway THEN {refused("what_was_handed_out_is_not_withdrawn")} END IF;
""",
    "is_underway boolean;",
)
BACKLOG = """
CREATE OR REPLACE FUNCTION gate.payment_backlog() RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    place text;
    waiting boolean;
BEGIN
    FOR place IN SELECT schema_name FROM shared.tenants_tenant WHERE state = 'active' LOOP
        CONTINUE WHEN to_regclass(format('%I.bookings_onlinerefund', place)) IS NULL;
        EXECUTE format('SELECT EXISTS (SELECT FROM %I.bookings_providerevent WHERE NOT is_settled AND due_at <= now())'
                       ' OR EXISTS (SELECT FROM %I.bookings_onlinesession'
                       ' WHERE state IN (''new'', ''open'') AND ask_at <= now())'
                       ' OR EXISTS (SELECT FROM %I.bookings_onlinerefund'
                       ' WHERE state IN (''asked'', ''sent'') AND due_at <= now())', place, place, place) INTO waiting;
        IF waiting THEN
            RETURN NEXT place;
        END IF;
    END LOOP;
END
$$
"""


def trigger(name: str, table: str, event: str, when: str = "") -> migrations.RunSQL:
    condition = f" WHEN ({when})" if when else ""
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW{condition} EXECUTE FUNCTION shared.{name}()",
        f"DROP TRIGGER {name} ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("bookings", "0021_online_payment")]

    operations = [
        BEGUN,
        MOVED,
        TOLD,
        RECEIVED,
        VOIDED,
        REFUNDING,
        PAID_BACK,
        BESIDE,
        WITHDRAWN,
        migrations.RunSQL(BACKLOG, migrations.RunSQL.noop),
        trigger("guard_online_begun", "bookings_onlinesession", "INSERT"),
        trigger("guard_online_moved", "bookings_onlinesession", "UPDATE"),
        trigger("guard_provider_event", "bookings_providerevent", "UPDATE"),
        trigger("guard_online_payment", "bookings_payment", "INSERT", "NEW.online_id IS NOT NULL"),
        trigger("guard_online_void", "bookings_paymentvoid", "INSERT"),
        trigger("guard_online_refund", "bookings_onlinerefund", "INSERT OR UPDATE"),
        trigger("guard_online_payout", "bookings_refundpayout", "INSERT OR UPDATE", "NEW.method = 'online'"),
        trigger("guard_payout_beside", "bookings_refundpayout", "INSERT", "NEW.method <> 'online'"),
        trigger(
            "guard_refund_withdrawn", "bookings_refund", "UPDATE", "NEW.void_at IS NOT NULL AND OLD.void_at IS NULL"
        ),
        migrations.RunSQL(
            "DROP TRIGGER guard_payout ON bookings_refundpayout;"
            " CREATE TRIGGER guard_payout BEFORE INSERT OR UPDATE ON bookings_refundpayout FOR EACH ROW"
            " WHEN (NEW.method <> 'online') EXECUTE FUNCTION shared.guard_payout()",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "DROP TRIGGER guard_payment ON bookings_payment;"
            " CREATE TRIGGER guard_payment BEFORE INSERT ON bookings_payment FOR EACH ROW"
            " WHEN (NEW.online_id IS NULL) EXECUTE FUNCTION shared.guard_payment()",
            migrations.RunSQL.noop,
        ),
    ]
