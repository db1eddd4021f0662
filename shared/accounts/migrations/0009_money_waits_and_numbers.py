"""How the money of a citizen's bookings stands, waits that end with a link, and signing in by a registration's number.

``own_ledgers`` gives what ``apps.bookings.queries.ledgers.with_ledger`` gives, of bookings of the account at every
tenant at once; it runs with the caller's rights, so each tenant's row rules decide. ``account_of_number`` tells the
portal which account holds the registration with a number, and nothing of the registration. ``forget_own_provisional`` deletes what is
personal in a 仮登録 that its own citizen takes back. ``end_waits`` is a trigger
of the tenants' registrations (``bookings`` makes it): nobody is left in a line who can no longer be told.
"""

from django.db import migrations

LEDGERS = """
CREATE FUNCTION shared.own_ledgers(asked uuid[]) RETURNS TABLE (
    tenant text, booking uuid, total bigint, received bigint, excess bigint, granted bigint, handed bigint,
    moved bigint, stray bigint, has_decision boolean, refund_percent integer, rounding text, due_on date)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    place text;
BEGIN
    FOR place IN
        SELECT DISTINCT t.schema_name FROM shared.accounts_portallink l
        JOIN shared.tenants_tenant t ON t.id = l.tenant_id AND t.state = 'active'
        ORDER BY t.schema_name
    LOOP
        RETURN QUERY EXECUTE format($query$
            SELECT %2$L::text, b.id, coalesce(s.total, 0)::bigint,
                   coalesce((SELECT sum(p.amount) FROM %1$I.bookings_payment p WHERE p.booking_id = b.id
                             AND NOT EXISTS (SELECT FROM %1$I.bookings_paymentvoid v WHERE v.payment_id = p.id)),
                            0)::bigint,
                   coalesce(f.excess, 0)::bigint, coalesce(f.granted, 0)::bigint,
                   coalesce(o.handed, 0)::bigint, coalesce(o.moved, 0)::bigint,
                   coalesce((SELECT sum(n.surplus) FROM %1$I.bookings_onlinesession n WHERE n.booking_id = b.id),
                            0)::bigint,
                   coalesce(f.has_decision, false), b.refund_percent::integer,
                   (SELECT t.content -> 'refund' ->> 'rounding' FROM %1$I.bookings_bookingterms t
                    WHERE t.facility_id = r.facility_id
                      AND t.valid_from <= (b.ended_at AT TIME ZONE 'Asia/Tokyo')::date
                    ORDER BY t.valid_from DESC LIMIT 1),
                   s.due_on
            FROM %1$I.bookings_booking b
            JOIN %1$I.bookings_room r ON r.id = b.room_id
            LEFT JOIN LATERAL (SELECT x.total, x.due_on FROM %1$I.bookings_feesheet x WHERE x.booking_id = b.id
                               ORDER BY x.number DESC LIMIT 1) s ON true
            LEFT JOIN LATERAL (SELECT sum(x.amount) FILTER (WHERE x.kind = 'excess') AS excess,
                                      sum(x.amount) FILTER (WHERE x.kind = 'ended') AS granted,
                                      bool_or(x.kind = 'ended') AS has_decision
                               FROM %1$I.bookings_refund x WHERE x.booking_id = b.id AND x.void_at IS NULL) f ON true
            LEFT JOIN LATERAL (SELECT sum(y.amount) AS handed,
                                      sum(y.amount) FILTER (WHERE y.method = 'offset') AS moved
                               FROM %1$I.bookings_refund x JOIN %1$I.bookings_refundpayout y ON y.refund_id = x.id
                               WHERE x.booking_id = b.id) o ON true
            WHERE b.id = ANY ($1)
        $query$, place, place) USING asked;
    END LOOP;
END
$$;
REVOKE ALL ON FUNCTION shared.own_ledgers(uuid[]) FROM PUBLIC;
"""
NUMBER = """
CREATE FUNCTION shared.account_of_number(prefix text, wanted text) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    place text;
    holder uuid;
BEGIN
    SELECT schema_name INTO place FROM tenants_tenant WHERE number_prefix = prefix AND state = 'active';
    IF place IS NULL THEN
        RETURN NULL;
    END IF;
    EXECUTE format('SELECT portal_account FROM %I.registrants_registrant WHERE number = $1', place)
    INTO holder USING wanted;
    RETURN holder;
END
$$;
REVOKE ALL ON FUNCTION shared.account_of_number(text, text) FROM PUBLIC;
"""
FORGET = """
CREATE FUNCTION shared.forget_own_provisional(place text, single uuid, today date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    holder uuid := nullif(current_setting('kashikan.account', true), '')::uuid;
    forgotten integer;
BEGIN
    IF NOT EXISTS (
        SELECT FROM accounts_portallink l JOIN tenants_tenant t ON t.id = l.tenant_id
        WHERE l.account_id = holder AND l.registration = single AND t.schema_name = place AND t.state = 'active'
    ) THEN
        RETURN false;
    END IF;
    EXECUTE format($query$
        UPDATE %I.registrants_registrant SET
            state = 'refused', forgotten_on = $3, portal_account = NULL, version = version + 1,
            group_name = '', group_kana = '', family_name = '', given_name = '', family_kana = '', given_kana = '',
            birth_date = NULL, postal_code = '0000000', address = '', phone = '', kana_key = '', phone_key = '',
            extras = '{}'
        WHERE id = $1 AND portal_account = $2 AND state = 'provisional'
    $query$, place) USING single, holder, today;
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    IF forgotten = 0 THEN
        RETURN false;
    END IF;
    EXECUTE format('DELETE FROM %I.registrants_statespan WHERE registrant_id = $1 AND lower(during) >= $2', place)
    USING single, today;
    EXECUTE format('UPDATE %I.registrants_statespan SET during = daterange(lower(during), $2)'
                   ' WHERE registrant_id = $1 AND upper_inf(during)', place) USING single, today;
    EXECUTE format('INSERT INTO %I.registrants_statespan (registrant_id, state, during)'
                   ' VALUES ($1, ''refused'', daterange($2, NULL))', place) USING single, today;
    EXECUTE format($query$
        INSERT INTO %I.registrants_registrationact
            (registrant_id, at, act, effective_on, actor_kind, actor_id, cause, reason, changes)
        VALUES ($1, now(), 'refuse', $3, 'citizen', $2, '', '本人が仮登録を取り下げたため', '{}')
    $query$, place) USING single, holder, today;
    EXECUTE format($query$
        INSERT INTO %I.audit_auditentry
            (at, actor_kind, actor_id, action, object_type, object_id, purpose, detail, request_id)
        VALUES (now(), 'citizen', $2, 'change', 'registrant', $1, '', '{"act": "refuse"}', '')
    $query$, place) USING single::text, holder;
    RETURN true;
END
$$;
REVOKE ALL ON FUNCTION shared.forget_own_provisional(text, uuid, date) FROM PUBLIC;
"""
WAITS = """
CREATE FUNCTION shared.end_waits() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    EXECUTE format('UPDATE %I.bookings_wait SET state = ''withdrawn'' WHERE registrant_id = $1 AND state = ''waiting''',
                   TG_TABLE_SCHEMA) USING NEW.id;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION shared.end_waits() FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_portal_functions")]

    operations = [
        migrations.RunSQL(LEDGERS, "DROP FUNCTION shared.own_ledgers(uuid[])"),
        migrations.RunSQL(NUMBER, "DROP FUNCTION shared.account_of_number(text, text)"),
        migrations.RunSQL(FORGET, "DROP FUNCTION shared.forget_own_provisional(text, uuid, date)"),
        migrations.RunSQL(WAITS, "DROP FUNCTION shared.end_waits()"),
    ]
