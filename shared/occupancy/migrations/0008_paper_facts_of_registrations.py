"""``shared.paper_facts`` also tells of the notices about a registration: whether what they say still holds.

What a mark belongs to is read by name from the row, so that the marks of a tenant that is still on its way to this
shape are told as before.
"""

from django.db import migrations

FACTS = """
CREATE OR REPLACE FUNCTION shared.paper_facts(asked_tenant bigint, asked_mark text) RETURNS TABLE (
    kind text, number text, issued_on date, facility text, issuer text, state text, printed integer, is_replaced boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    place text;
BEGIN
    SELECT t.schema_name INTO place FROM shared.tenants_tenant t WHERE t.id = asked_tenant;
    IF place IS NULL OR to_regclass(format('%I.bookings_papermark', place)) IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format($query$
        SELECT m.kind::text, m.number::text, m.issued_on, m.facility::text, m.issuer::text,
               CASE WHEN a.act IN ('register', 'complete', 'approve') AND g.state IN ('closed', 'refused')
                      OR a.act = 'suspend' AND a.until < (now() AT TIME ZONE 'Asia/Tokyo')::date
                      OR EXISTS (SELECT FROM %1$I.registrants_registrationact c
                                 WHERE c.registrant_id = a.registrant_id AND c.id > a.id
                                 AND (a.act, c.act) IN (('suspend', 'lift'), ('close', 'reopen'))) THEN 'ended'
                    WHEN v.payment_id IS NOT NULL OR r.void_at IS NOT NULL THEN 'void'
                    WHEN p.id IS NOT NULL OR m.document_id IS NULL THEN 'issued'
                    ELSE b.state::text END,
               coalesce(d.printed, p.printed, s.printed, r.printed, h.printed, 0)::integer,
               CASE
                   WHEN d.kind IN ('permit', 'change') OR h.became = 'moved' THEN
                       EXISTS (SELECT FROM %1$I.bookings_document c
                               WHERE c.booking_id = coalesce(d.booking_id, h.booking_id) AND c.kind = 'change'
                               AND (d.kind IS NOT DISTINCT FROM 'permit' OR (c.fiscal_year, c.serial)
                                    > (coalesce(d.fiscal_year, h.fiscal_year), coalesce(d.serial, h.serial))))
                       OR EXISTS (SELECT FROM %1$I.bookings_displacementhit c
                                  WHERE c.booking_id = coalesce(d.booking_id, h.booking_id) AND c.became = 'moved'
                                  AND (c.fiscal_year, c.serial)
                                      > (coalesce(d.fiscal_year, h.fiscal_year), coalesce(d.serial, h.serial)))
                   WHEN d.kind = 'reduction' THEN
                       EXISTS (SELECT FROM %1$I.bookings_document c WHERE c.booking_id = d.booking_id
                               AND c.kind = 'reduction' AND (c.fiscal_year, c.serial) > (d.fiscal_year, d.serial))
                   ELSE false END
        FROM %1$I.bookings_papermark m
        LEFT JOIN %1$I.bookings_document d ON d.id = m.document_id
        LEFT JOIN %1$I.bookings_booking b ON b.id = d.booking_id
        LEFT JOIN %1$I.bookings_payment p ON p.id = m.payment_id
        LEFT JOIN %1$I.bookings_paymentvoid v ON v.payment_id = p.id
        LEFT JOIN %1$I.bookings_measure s ON s.id = m.measure
        LEFT JOIN %1$I.bookings_refund r ON r.id = (to_jsonb(m) ->> 'refund_id')::uuid
        LEFT JOIN %1$I.bookings_displacementhit h ON h.id = (to_jsonb(m) ->> 'hit_id')::uuid
        LEFT JOIN %1$I.registrants_registrationact a ON a.id = (to_jsonb(m) ->> 'act')::bigint
        LEFT JOIN %1$I.registrants_registrant g ON g.id = a.registrant_id
        WHERE m.mark = $1
    $query$, place) USING asked_mark;
END
$$;
REVOKE ALL ON FUNCTION shared.paper_facts(bigint, text) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("occupancy", "0007_paper_facts_of_money_and_notices")]

    operations = [migrations.RunSQL(FACTS, migrations.RunSQL.noop)]
