"""照会票 that nobody need answer any more, and answers that the city gives or corrects in a facility's place.

A facility may be closed, or keep silent, or answer by mistake; the person at the other counter must not wait for ever.
"""

from django.db import migrations

CHANGED = """
CREATE OR REPLACE FUNCTION shared.senior_card_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM senior_card_index WHERE card_uid = OLD.id AND tenant = TG_TABLE_SCHEMA;
    ELSIF NEW.state <> 'applied' THEN
        UPDATE senior_card_index
        SET status = NEW.state, lapsed_on = NEW.lapsed_on,
            issued_year = extract(year FROM NEW.issued_on - interval '3 months')
        WHERE card_uid = NEW.id AND tenant = TG_TABLE_SCHEMA;
    END IF;
    IF TG_OP = 'DELETE' OR NEW.state = 'lapsed' THEN
        UPDATE seniorcards_inquiry SET closed_at = now()
        WHERE closed_at IS NULL AND decision = ''
          AND ((asking_card = OLD.id AND asking_tenant = TG_TABLE_SCHEMA)
               OR (answering_card = OLD.id AND answering_tenant = TG_TABLE_SCHEMA));
    END IF;
    RETURN NULL;
END
$$;
"""
ISSUED = """
CREATE OR REPLACE FUNCTION shared.senior_card_issued() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM senior_card_index i WHERE i.card_uid = NEW.id AND i.tenant = TG_TABLE_SCHEMA
                   AND i.status IN ('active', 'suspended')) THEN
        RAISE EXCEPTION 'a senior card is issued only after the duplicate check' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
"""
OPEN = """
CREATE OR REPLACE FUNCTION shared.senior_open_inquiry(clerk uuid, hit uuid, OUT inquiry uuid, OUT refusal text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    me text := senior_caller();
    found record;
BEGIN
    SELECT h.card_uid, h.tenant, h.grade, c.card_uid AS asking INTO found
    FROM seniorcards_hit h JOIN seniorcards_call c ON c.id = h.call_id WHERE h.id = hit AND c.tenant = me;
    refusal := CASE WHEN NOT senior_officer(me, clerk) THEN 'role' WHEN found.asking IS NULL THEN 'hit' END;
    IF refusal IS NULL THEN
        INSERT INTO seniorcards_inquiry AS q (id, opened_at, opened_by, asking_tenant, asking_card, answering_tenant,
                                              answering_card, grade, answer, answered_by_city, decision)
        VALUES (gen_random_uuid(), now(), clerk, me, found.asking, found.tenant, found.card_uid, found.grade, '',
                false, '')
        ON CONFLICT (asking_card, answering_card) DO UPDATE SET closed_at = NULL
        RETURNING q.id INTO inquiry;
    END IF;
    INSERT INTO seniorcards_call (id, at, tenant, clerk, act, purpose, card_uid, outcome, xid)
    VALUES (gen_random_uuid(), now(), me, clerk, 'inquire', 'inquiry', found.asking,
            coalesce('refused_' || refusal, 'asked'), pg_current_xact_id()::text::bigint);
    PERFORM senior_trace(me, 'staff', clerk, CASE WHEN refusal IS NULL THEN 'create' ELSE 'denied' END,
                         'senior_inquiry', inquiry, 'inquiry', jsonb_strip_nulls(jsonb_build_object('why', refusal)));
END
$$;
"""
LIST = """
DROP FUNCTION shared.senior_inquiries();
CREATE FUNCTION shared.senior_inquiries() RETURNS TABLE (
    inquiry uuid, is_received boolean, facility text, facility_en text, card uuid, grade smallint,
    opened_at timestamptz, answer text, answered_at timestamptz, decision text, decided_at timestamptz,
    closed_at timestamptz, answered_by_city boolean
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    me text := senior_caller();
BEGIN
    RETURN QUERY
    SELECT q.id, side.received, t.name::text, t.name_en::text,
           CASE WHEN side.received THEN q.answering_card ELSE q.asking_card END, q.grade, q.opened_at, q.answer::text,
           q.answered_at, q.decision::text, q.decided_at, q.closed_at, q.answered_by_city
    FROM seniorcards_inquiry q
    JOIN (VALUES (true), (false)) side (received)
      ON CASE WHEN side.received THEN q.answering_tenant ELSE q.asking_tenant END = me
    JOIN tenants_tenant t ON t.schema_name = CASE WHEN side.received THEN q.asking_tenant ELSE q.answering_tenant END
    ORDER BY q.opened_at DESC, q.id;
END
$$;
"""
ANSWER = """
CREATE OR REPLACE FUNCTION shared.senior_answer_inquiry(clerk uuid, inquiry uuid, said text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    me text := senior_caller();
    found record;
    refusal text;
BEGIN
    SELECT * INTO found FROM seniorcards_inquiry q WHERE q.id = inquiry AND q.answering_tenant = me FOR UPDATE;
    refusal := CASE
        WHEN NOT senior_officer(me, clerk) THEN 'role'
        WHEN found.id IS NULL THEN 'inquiry'
        WHEN found.answer <> '' THEN 'answered'
        WHEN found.closed_at IS NOT NULL THEN 'closed'
        WHEN said NOT IN ('same', 'other') OR said IS NULL THEN 'answer'
    END;
    IF refusal IS NULL THEN
        PERFORM senior_say(inquiry, said, clerk, false);
    END IF;
    INSERT INTO seniorcards_call (id, at, tenant, clerk, act, purpose, card_uid, outcome, xid)
    VALUES (gen_random_uuid(), now(), me, clerk, 'answer', 'inquiry', found.answering_card,
            coalesce('refused_' || refusal, said), pg_current_xact_id()::text::bigint);
    PERFORM senior_trace(me, 'staff', clerk, CASE WHEN refusal IS NULL THEN 'change' ELSE 'denied' END,
                         'senior_inquiry', inquiry, 'inquiry',
                         jsonb_strip_nulls(jsonb_build_object('answer', left(said, 5), 'why', refusal)));
    RETURN refusal;
END
$$;
"""
SAY = """
CREATE FUNCTION shared.senior_say(inquiry uuid, said text, who uuid, by_city boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    UPDATE seniorcards_inquiry q
    SET answer = said, answered_at = now(), answered_by = who, answered_by_city = by_city WHERE q.id = inquiry;
    IF said = 'same' THEN
        DELETE FROM seniorcards_exclusion e WHERE e.inquiry_id = inquiry;
    ELSIF (SELECT q.grade > 1 FROM seniorcards_inquiry q WHERE q.id = inquiry) THEN
        PERFORM senior_part(inquiry);
    END IF;
END
$$;
"""
DECIDES = """
CREATE FUNCTION shared.senior_decides(officer uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
    SELECT EXISTS (SELECT FROM staff_staffaccount s WHERE s.id = officer AND s.is_active
                   AND s.roles && ARRAY['department', 'general']::varchar[])
$$;
"""
CITY_ANSWER = """
CREATE FUNCTION shared.senior_city_answer(officer uuid, inquiry uuid, said text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    found record;
    waits boolean;
    refusal text;
BEGIN
    SELECT * INTO found FROM seniorcards_inquiry q WHERE q.id = inquiry FOR UPDATE;
    IF found.id IS NOT NULL THEN
        SELECT c.state = 'applied' INTO waits FROM senior_cards_of(found.asking_tenant, ARRAY[found.asking_card]) c;
    END IF;
    refusal := CASE
        WHEN NOT senior_decides(officer) THEN 'role'
        WHEN found.id IS NULL THEN 'inquiry'
        WHEN found.decision <> '' THEN 'decided'
        WHEN found.closed_at IS NOT NULL THEN 'closed'
        WHEN said NOT IN ('same', 'other') OR said IS NULL OR said = found.answer THEN 'answer'
        WHEN found.answer <> '' AND waits IS NOT TRUE THEN 'issued'
    END;
    IF refusal IS NULL THEN
        PERFORM senior_say(inquiry, said, officer, true);
        PERFORM senior_trace(place.tenant, 'city', officer, 'change', 'senior_inquiry', inquiry, 'inquiry',
                             jsonb_build_object('answer', said, 'before', found.answer))
        FROM (VALUES (found.asking_tenant), (found.answering_tenant)) place (tenant);
        INSERT INTO seniorcards_call (id, at, tenant, clerk, act, purpose, card_uid, outcome, xid)
        VALUES (gen_random_uuid(), now(), found.answering_tenant, officer, 'answer', 'inquiry', found.answering_card,
                said, pg_current_xact_id()::text::bigint);
    END IF;
    RETURN refusal;
END
$$;
"""
DECIDE = """
CREATE OR REPLACE FUNCTION shared.senior_decide(officer uuid, inquiry uuid, decided text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    found record;
    refusal text;
    today date := (now() AT TIME ZONE 'Asia/Tokyo')::date;
    moved int;
BEGIN
    SELECT * INTO found FROM seniorcards_inquiry q WHERE q.id = inquiry FOR UPDATE;
    refusal := CASE
        WHEN NOT senior_decides(officer) THEN 'role'
        WHEN found.id IS NULL THEN 'inquiry'
        WHEN found.decision <> '' THEN 'decided'
        WHEN found.closed_at IS NOT NULL THEN 'closed'
        WHEN decided = 'namesake' AND found.answer = 'other' AND found.grade = 1 THEN NULL
        WHEN decided = 'transfer' AND found.answer = 'same' THEN NULL
        WHEN decided = 'declined' AND found.answer <> '' THEN NULL
        ELSE 'decision'
    END;
    IF refusal IS NULL AND decided = 'namesake' THEN
        PERFORM senior_part(inquiry);
        INSERT INTO seniorcards_namesake (card_uid, seq, inquiry_id, approved_at, approved_by)
        SELECT found.asking_card, 1 + greatest(
            (SELECT coalesce(max(i.namesake), 0) FROM senior_card_index known
             JOIN senior_card_index i ON i.kid = known.kid AND i.t1 = known.t1
             WHERE known.card_uid = found.answering_card),
            (SELECT coalesce(max(n.seq), 0) FROM seniorcards_namesake n
             JOIN seniorcards_inquiry q ON q.id = n.inquiry_id WHERE q.answering_card = found.answering_card)
        ), inquiry, now(), officer
        ON CONFLICT (card_uid) DO NOTHING;
    ELSIF refusal IS NULL AND decided = 'transfer' THEN
        EXECUTE format('UPDATE %I.registrants_card SET state = ''lapsed'', lapse_cause = ''transferred'', lapsed_on = $2'
                       ' WHERE id = $1 AND state IN (''active'', ''suspended'')', found.answering_tenant)
        USING found.answering_card, today;
        GET DIAGNOSTICS moved = ROW_COUNT;
        EXECUTE format('UPDATE %I.registrants_cardissue SET voided_on = $2 WHERE card_id = $1 AND voided_on IS NULL',
                       found.answering_tenant)
        USING found.answering_card, today;
        refusal := CASE WHEN moved = 0 THEN 'lapsed' END;
    END IF;
    IF refusal IS NULL THEN
        UPDATE seniorcards_inquiry q SET decision = decided, decided_at = now(), decided_by = officer, closed_at = NULL
        WHERE q.id = inquiry;
        PERFORM senior_trace(place.tenant, 'city', officer, 'change', 'senior_inquiry', inquiry, 'decision',
                             jsonb_build_object('decision', decided, 'card', place.card))
        FROM (VALUES (found.asking_tenant, found.asking_card), (found.answering_tenant, found.answering_card))
             place (tenant, card);
        INSERT INTO seniorcards_call (id, at, tenant, clerk, act, purpose, card_uid, outcome, xid)
        VALUES (gen_random_uuid(), now(), found.asking_tenant, officer, 'decide',
                CASE decided WHEN 'transfer' THEN 'transfer' ELSE 'inquiry' END, found.asking_card, decided,
                pg_current_xact_id()::text::bigint);
    END IF;
    RETURN refusal;
END
$$;
"""
FUNCTIONS = (CHANGED, ISSUED, OPEN, LIST, SAY, ANSWER, DECIDES, CITY_ANSWER, DECIDE)


class Migration(migrations.Migration):
    dependencies = [("seniorcards", "0011_answers_with_keys"), ("staff", "0002_roles")]

    operations = [migrations.RunSQL(function, migrations.RunSQL.noop) for function in FUNCTIONS]
