"""A payout that was entered by mistake is taken back by another of its amount below zero, once and whole."""

# ruff: noqa: S608  # statements are made of constants in code

import django.db.models.deletion
from django.db import migrations, models

REFUSE = "USING ERRCODE = 'check_violation', CONSTRAINT = "
LOCKED = """
    EXECUTE format('SELECT booking_id FROM %I.bookings_refund WHERE id = $1', TG_TABLE_SCHEMA)
    INTO of_booking USING NEW.refund_id;
    EXECUTE format('SELECT true FROM %I.bookings_booking WHERE id = $1 FOR NO KEY UPDATE', TG_TABLE_SCHEMA)
    USING of_booking;
    PERFORM pg_advisory_xact_lock_shared(hashtextextended(TG_TABLE_SCHEMA || 'cash' || NEW.day, 0));
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.bookings_cashday WHERE day = $1)', TG_TABLE_SCHEMA)
    INTO is_closed USING NEW.day;
    IF is_closed THEN
        RAISE EXCEPTION 'a closed day receives nothing'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_closed_day_receives_nothing';
    END IF;
"""
"""The booking first, the day's cash second, like every function of ``0020``."""


def refused(name: str) -> str:
    return f"RAISE EXCEPTION '{name.replace('_', ' ')}' {REFUSE}'{name}';"


GUARD_PAYOUT = f"""
CREATE OR REPLACE FUNCTION shared.guard_payout() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    of_booking uuid; decided bigint; handed bigint; is_void boolean; is_closed boolean; is_fit boolean;
BEGIN
    IF TG_OP <> 'INSERT' THEN {refused("a_refund_is_never_altered")} END IF;
{LOCKED}
    EXECUTE format('SELECT amount, void_at IS NOT NULL FROM %I.bookings_refund WHERE id = $1', TG_TABLE_SCHEMA)
    INTO decided, is_void USING NEW.refund_id;
    EXECUTE format('SELECT coalesce(sum(amount), 0) FROM %I.bookings_refundpayout WHERE refund_id = $1',
                   TG_TABLE_SCHEMA)
    INTO handed USING NEW.refund_id;
    IF is_void OR handed + NEW.amount > decided THEN {refused("no_more_is_handed_out_than_was_decided")} END IF;
    IF NEW.reverses_id IS NOT NULL THEN
        EXECUTE format('SELECT o.refund_id = $2 AND o.amount = -$3 AND o.amount > 0 AND o.method = $4'
                       ' AND o.method IN (''cash'', ''transfer'') AND o.day <= $5'
                       ' FROM %I.bookings_refundpayout o WHERE o.id = $1', TG_TABLE_SCHEMA)
        INTO is_fit USING NEW.reverses_id, NEW.refund_id, NEW.amount, NEW.method, NEW.day;
        IF is_fit IS NOT TRUE THEN {refused("a_payout_is_taken_back_once_and_whole")} END IF;
    END IF;
    IF NEW.payment_id IS NOT NULL THEN
        EXECUTE format('SELECT p.amount = $1 AND p.method = ''offset'' AND p.day = $2 AND p.booking_id <> f.id'
                       ' AND b.registrant_id = f.registrant_id FROM %I.bookings_payment p'
                       ' JOIN %I.bookings_booking b ON b.id = p.booking_id'
                       ' JOIN %I.bookings_booking f ON f.id = $3 WHERE p.id = $4',
                       TG_TABLE_SCHEMA, TG_TABLE_SCHEMA, TG_TABLE_SCHEMA)
        INTO is_fit USING NEW.amount, NEW.day, of_booking, NEW.payment_id;
        IF is_fit IS NOT TRUE THEN {refused("an_offset_pays_another_fee_of_the_same")} END IF;
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION shared.guard_payout() FROM PUBLIC;
"""
GUARD_ONLINE_TAKEN_BACK = f"""
CREATE OR REPLACE FUNCTION shared.guard_online_taken_back() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    {refused("a_payout_is_taken_back_once_and_whole")}
END
$$;
REVOKE ALL ON FUNCTION shared.guard_online_taken_back() FROM PUBLIC;
"""
GUARD_REFUND = f"""
CREATE OR REPLACE FUNCTION shared.guard_refund() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    of_booking uuid := NEW.booking_id; received bigint; decided bigint; handed bigint;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.booking_id, NEW.kind, NEW.fiscal_year, NEW.serial, NEW.day, NEW.base, NEW.percent, NEW.amount)
           IS DISTINCT FROM
           (OLD.booking_id, OLD.kind, OLD.fiscal_year, OLD.serial, OLD.day, OLD.base, OLD.percent, OLD.amount)
           OR OLD.void_at IS NOT NULL AND NEW.void_at IS DISTINCT FROM OLD.void_at
        THEN {refused("a_refund_is_never_altered")} END IF;
    END IF;
    EXECUTE format('SELECT true FROM %I.bookings_booking WHERE id = $1 FOR NO KEY UPDATE', TG_TABLE_SCHEMA)
    USING of_booking;
    EXECUTE format('SELECT coalesce(sum(p.amount), 0) FROM %I.bookings_payment p WHERE p.booking_id = $1'
                   ' AND NOT EXISTS (SELECT FROM %I.bookings_paymentvoid v WHERE v.payment_id = p.id)',
                   TG_TABLE_SCHEMA, TG_TABLE_SCHEMA)
    INTO received USING of_booking;
    EXECUTE format('SELECT coalesce(sum(amount), 0) FROM %I.bookings_refund WHERE booking_id = $1'
                   ' AND void_at IS NULL', TG_TABLE_SCHEMA)
    INTO decided USING of_booking;
    IF TG_OP = 'INSERT' THEN
        IF NEW.void_at IS NULL AND decided + NEW.amount > received
        THEN {refused("no_more_goes_back_than_came_in")} END IF;
    ELSIF NEW.void_at IS NOT NULL AND OLD.void_at IS NULL THEN
        EXECUTE format('SELECT coalesce(sum(amount), 0) FROM %I.bookings_refundpayout WHERE refund_id = $1',
                       TG_TABLE_SCHEMA)
        INTO handed USING NEW.id;
        IF handed <> 0 THEN {refused("what_was_handed_out_is_not_withdrawn")} END IF;
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION shared.guard_refund() FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("bookings", "0037_annexes_go_with_their_room")]

    operations = [
        migrations.RemoveConstraint(model_name="refundpayout", name="a_payout_is_of_something"),
        migrations.AlterField(model_name="refundpayout", name="amount", field=models.IntegerField()),
        migrations.AddField(
            model_name="refundpayout",
            name="reverses",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reversal",
                to="bookings.refundpayout",
            ),
        ),
        migrations.AddField(
            model_name="refundpayout",
            name="reason",
            field=models.CharField(blank=True, default="", max_length=500),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="refundpayout",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), ("reason", ""), ("reverses__isnull", True))
                | (models.Q(("amount__lt", 0), ("reverses__isnull", False)) & ~models.Q(("reason", ""))),
                name="a_payout_is_of_something",
            ),
        ),
        *(
            migrations.RunSQL(one, migrations.RunSQL.noop)
            for one in (GUARD_PAYOUT, GUARD_REFUND, GUARD_ONLINE_TAKEN_BACK)
        ),
        migrations.RunSQL(
            "CREATE TRIGGER guard_online_taken_back BEFORE INSERT ON bookings_refundpayout FOR EACH ROW"
            " WHEN (NEW.method NOT IN ('cash', 'transfer') AND NEW.reverses_id IS NOT NULL)"
            " EXECUTE FUNCTION shared.guard_online_taken_back()",
            "DROP TRIGGER guard_online_taken_back ON bookings_refundpayout",
        ),
    ]
