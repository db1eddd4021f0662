"""``shared.paper_facts``: what anybody may know of a document that bears a code (確認番号).

No name, no purpose, no event. It reads the marks of one tenant as the owner, so that the portal's role needs no right on
them, and a desk is told about another facility's document what the portal tells.
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
               CASE WHEN v.payment_id IS NOT NULL THEN 'void'
                    WHEN p.id IS NOT NULL OR m.document_id IS NULL THEN 'issued'
                    ELSE b.state::text END,
               coalesce(d.printed, p.printed, s.printed, 0)::integer,
               CASE d.kind
                   WHEN 'permit' THEN EXISTS (SELECT FROM %1$I.bookings_document c
                                              WHERE c.booking_id = d.booking_id AND c.kind = 'change')
                   WHEN 'change' THEN EXISTS (SELECT FROM %1$I.bookings_document c WHERE c.booking_id = d.booking_id
                       AND c.kind = 'change' AND (c.fiscal_year, c.serial) > (d.fiscal_year, d.serial))
                   WHEN 'reduction' THEN EXISTS (SELECT FROM %1$I.bookings_document c WHERE c.booking_id = d.booking_id
                       AND c.kind = 'reduction' AND (c.fiscal_year, c.serial) > (d.fiscal_year, d.serial))
                   ELSE false END
        FROM %1$I.bookings_papermark m
        LEFT JOIN %1$I.bookings_document d ON d.id = m.document_id
        LEFT JOIN %1$I.bookings_booking b ON b.id = d.booking_id
        LEFT JOIN %1$I.bookings_payment p ON p.id = m.payment_id
        LEFT JOIN %1$I.bookings_paymentvoid v ON v.payment_id = p.id
        LEFT JOIN %1$I.bookings_measure s ON s.id = m.measure
        WHERE m.mark = $1
    $query$, place) USING asked_mark;
END
$$;
REVOKE ALL ON FUNCTION shared.paper_facts(bigint, text) FROM PUBLIC;
CREATE OR REPLACE FUNCTION shared.paper_facts_at_desk(asked_tenant bigint, asked_mark text) RETURNS TABLE (
    kind text, number text, issued_on date, facility text, issuer text, state text, printed integer, is_replaced boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
    SELECT * FROM shared.paper_facts(asked_tenant, asked_mark)
$$;
REVOKE ALL ON FUNCTION shared.paper_facts_at_desk(bigint, text) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("occupancy", "0004_equipment")]

    operations = [migrations.RunSQL(FACTS, migrations.RunSQL.noop)]
