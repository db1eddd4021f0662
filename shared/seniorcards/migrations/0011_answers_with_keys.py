"""The answer to a question that was kept, and the entry of a card that is issued, for the holder of the key in use."""

from django.db import migrations

DROP = """
DROP FUNCTION shared.senior_clear(uuid, text[], text[], bytea[], bytea[], bytea[], bytea[]);
DROP FUNCTION shared.senior_retoken(uuid[], text[], text[], bytea[], bytea[], bytea[], bytea[]);
DROP FUNCTION shared.senior_put(regclass, text, uuid[], text[], text[], bytea[], bytea[], bytea[], bytea[]);
"""
TICKET = """
CREATE FUNCTION shared.senior_ticket(place text, ticket uuid, wanted text, question bytea[]) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    card uuid;
BEGIN
    SELECT c.card_uid INTO card FROM seniorcards_call c
    WHERE c.id = ticket AND c.tenant = place AND c.act = wanted AND c.outcome NOT LIKE 'refused%'
      AND c.digests = question AND c.at > now() - interval '15 minutes'
      AND c.xid <> pg_current_xact_id()::text::bigint;
    IF card IS NULL THEN
        RAISE EXCEPTION 'no such question' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN card;
END
$$;
"""
CHECK = """
CREATE FUNCTION shared.senior_check(
    ticket uuid, kids text[], proofs bytea[], name_roles text[], t1 bytea[], t2 bytea[], t3 bytea[], t4 bytea[],
    loose bytea[]
) RETURNS TABLE (hit uuid, grade smallint, facility text, facility_en text, number text, status text,
                 issued_year smallint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    me text := senior_caller();
    card uuid := senior_ticket(me, ticket, 'check', senior_digests(kids, name_roles, t1, t2, t3, t4, loose, NULL));
    one record;
    best smallint;
BEGIN
    IF NOT senior_keys_fit(kids, proofs, true) THEN
        RAISE EXCEPTION 'not the key in use' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    FOR one IN
        SELECT m.*, t.name, t.name_en FROM senior_matches(card, name_roles, t1, t2, t3, t4, loose) m
        JOIN tenants_tenant t ON t.schema_name = m.tenant ORDER BY m.grade, m.card_uid
    LOOP
        best := least(best, one.grade);
        INSERT INTO seniorcards_hit AS h (id, call_id, card_uid, tenant, grade)
        VALUES (gen_random_uuid(), ticket, one.card_uid, one.tenant, one.grade)
        ON CONFLICT (call_id, card_uid) DO UPDATE SET grade = excluded.grade
        RETURNING h.id INTO hit;
        grade := one.grade;
        facility := one.name;
        facility_en := one.name_en;
        number := NULL;
        status := CASE WHEN grade <= 2 THEN one.status END;
        issued_year := CASE WHEN grade = 1 THEN one.issued_year END;
        IF grade = 1 THEN
            EXECUTE format('SELECT c.number FROM %I.registrants_card c WHERE c.id = $1', one.tenant)
            INTO number USING one.card_uid;
        END IF;
        RETURN NEXT;
    END LOOP;
    UPDATE seniorcards_call c SET outcome = CASE best WHEN 1 THEN 'exact' WHEN 2 THEN 'folded' WHEN 3 THEN 'similar'
                                                      ELSE 'none' END
    WHERE c.id = ticket;
END
$$;
"""
VERIFY = """
CREATE FUNCTION shared.senior_verify(
    ticket uuid, number text, kids text[], proofs bytea[], name_roles text[], t1 bytea[], t2 bytea[], t3 bytea[],
    t4 bytea[], loose bytea[]
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    me text := senior_caller();
    card uuid := senior_ticket(me, ticket, 'verify', senior_digests(kids, name_roles, t1, t2, t3, t4, loose, number));
    one record;
    fits boolean := false;
BEGIN
    FOR one IN SELECT m.card_uid, m.tenant FROM senior_matches(card, name_roles, t1, t2, t3, t4, loose) m LOOP
        IF NOT fits THEN
            EXECUTE format('SELECT EXISTS (SELECT FROM %I.registrants_card c WHERE c.id = $1 AND c.number = $2)',
                           one.tenant)
            INTO fits USING one.card_uid, number;
        END IF;
    END LOOP;
    UPDATE seniorcards_call c SET outcome = CASE WHEN fits THEN 'match' ELSE 'no_match' END WHERE c.id = ticket;
    IF (SELECT count(*) FROM seniorcards_call c
        WHERE c.tenant = me AND c.outcome = 'no_match' AND c.at > now() - interval '1 hour') >= 5 THEN
        PERFORM senior_alert('guessing', me, NULL, NULL);
    END IF;
    RETURN fits;
END
$$;
"""
PUT = """
CREATE FUNCTION shared.senior_put(
    target regclass, place text, alone uuid, cards uuid[], kids text[], name_roles text[],
    t1 bytea[], t2 bytea[], t3 bytea[], t4 bytea[], loose bytea[]
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    IF cardinality(cards) = 1 THEN
        cards := array_fill(cards[1], ARRAY[cardinality(kids)]);
    END IF;
    EXECUTE format('INSERT INTO %s (card_uid, tenant, status, issued_year, lapsed_on, kid, name_role, namesake,'
                   ' t1, t2, t3, t4, loose)'
                   ' SELECT a.card, $1, CASE c.state WHEN ''applied'' THEN ''active'' ELSE c.state END, c.issued_year,'
                   ' c.lapsed_on, a.kid, a.name_role, coalesce(n.seq, 0),'
                   ' CASE WHEN a.name_role = ''current'' OR a.t1 <> ALL (SELECT b.t1 FROM'
                   ' unnest($2, $4, $5) b (card, name_role, t1) WHERE b.card = a.card AND b.name_role = ''current'')'
                   ' THEN a.t1 END, a.t2, a.t3, a.t4, senior_looser($9, a.n, s.given_name, s.birth_slips)'
                   ' FROM unnest($2, $3, $4, $5, $6, $7, $8) WITH ORDINALITY'
                   ' a (card, kid, name_role, t1, t2, t3, t4, n)'
                   ' CROSS JOIN senior_terms() s'
                   ' JOIN senior_cards_of($1, $2) c ON c.card_uid = a.card'
                   ' LEFT JOIN seniorcards_namesake n ON n.card_uid = a.card'
                   ' WHERE a.name_role <> ''reversed'' AND ($10 IS NULL OR a.card = $10)'
                   ' AND NOT EXISTS (SELECT FROM seniorcards_key k WHERE k.kid = a.kid AND k.retired_at IS NOT NULL)',
                   target)
    USING place, cards, kids, name_roles, t1, t2, t3, t4, loose, alone;
END
$$;
"""
CLEAR = """
CREATE FUNCTION shared.senior_clear(
    card uuid, kids text[], proofs bytea[], name_roles text[], t1 bytea[], t2 bytea[], t3 bytea[], t4 bytea[],
    loose bytea[], OUT outcome text, OUT namesake smallint
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    me text := senior_caller();
    own record;
    place bigint;
BEGIN
    IF NOT senior_keys_fit(kids, proofs, true) THEN
        outcome := 'key';
        RETURN;
    END IF;
    namesake := coalesce((SELECT n.seq FROM seniorcards_namesake n WHERE n.card_uid = card), 0);
    SELECT * INTO own FROM senior_cards_of(me, ARRAY[card]);
    IF own.card_uid IS NULL OR own.state = 'lapsed' THEN
        outcome := 'card';
        RETURN;
    END IF;
    FOR place IN SELECT DISTINCT hashtextextended(encode(x, 'hex'), 7)
                 FROM unnest(t1 || t2 || t3 || t4 || ARRAY(SELECT unnest(loose))) x
                 WHERE x IS NOT NULL ORDER BY 1 LOOP
        PERFORM pg_advisory_xact_lock(place);
    END LOOP;
    IF NOT EXISTS (
        SELECT FROM unnest(kids, name_roles, t1, t2, t4) a (kid, name_role, t1, t2, t4)
        LEFT JOIN senior_card_index i ON i.card_uid = card AND i.kid = a.kid AND i.name_role = a.name_role
        WHERE a.name_role <> 'reversed'
        GROUP BY a.name_role
        HAVING count(i.id) = 0 OR NOT bool_and(i.id IS NULL OR (coalesce(i.t1, a.t1) = a.t1 AND i.t2 = a.t2
                                                                AND i.t4 IS NOT DISTINCT FROM a.t4))
    ) THEN
        outcome := 'cleared';
        RETURN;
    END IF;
    IF NOT EXISTS (SELECT FROM seniorcards_call c
                   WHERE c.card_uid = card AND c.tenant = me AND c.act = 'check'
                     AND c.outcome IN ('none', 'exact', 'folded', 'similar') AND c.at > now() - interval '30 days'
                     AND c.digests && senior_digests(kids, name_roles, t1, t2, t3, t4, loose, NULL)) THEN
        outcome := 'unchecked';
        RETURN;
    END IF;
    SELECT CASE WHEN min(m.grade) = 1 THEN 'exists' WHEN bool_or(q.answer = 'same') THEN 'exists' ELSE 'unresolved' END
    INTO outcome
    FROM senior_matches(card, name_roles, t1, t2, t3, t4, loose) m
    LEFT JOIN seniorcards_inquiry q ON q.asking_card = card AND q.answering_card = m.card_uid
    WHERE m.status IN ('active', 'suspended') HAVING count(*) > 0;
    IF outcome IS NOT NULL THEN
        RETURN;
    END IF;
    BEGIN
        DELETE FROM senior_card_index i WHERE i.card_uid = card;
        PERFORM senior_put('senior_card_index', me, NULL, ARRAY[card], kids, name_roles, t1, t2, t3, t4, loose);
        outcome := 'cleared';
    EXCEPTION WHEN unique_violation THEN
        outcome := 'exists';
    END;
END
$$;
"""
RETOKEN = """
CREATE FUNCTION shared.senior_retoken(
    cards uuid[], kids text[], proofs bytea[], name_roles text[], t1 bytea[], t2 bytea[], t3 bytea[], t4 bytea[],
    loose bytea[]
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    me text := senior_caller();
    one uuid;
    may_enter boolean;
BEGIN
    may_enter := senior_keys_fit(kids, proofs, true);
    IF NOT senior_keys_fit(kids, proofs, false) OR (NOT may_enter AND EXISTS (
            SELECT FROM senior_cards_of(me, cards) c WHERE c.state <> 'applied'
            AND NOT EXISTS (SELECT FROM senior_card_index i WHERE i.card_uid = c.card_uid))) THEN
        PERFORM senior_alert('key', me, NULL, NULL);
        RETURN false;
    END IF;
    FOR one IN SELECT c.card_uid FROM senior_cards_of(me, cards) c WHERE c.state <> 'applied' ORDER BY 1 LOOP
        BEGIN
            DELETE FROM senior_card_index i WHERE i.card_uid = one
                AND (i.kid IN (SELECT a.kid FROM unnest(cards, kids) a (card, kid) WHERE a.card = one)
                     OR i.name_role NOT IN (SELECT a.role FROM unnest(cards, name_roles) a (card, role)
                                            WHERE a.card = one));
            PERFORM senior_put('senior_card_index', me, one, cards, kids, name_roles, t1, t2, t3, t4, loose);
        EXCEPTION WHEN unique_violation THEN
            PERFORM senior_alert('duplicate', me, NULL, one);
        END;
    END LOOP;
    RETURN true;
END
$$;
"""
FUNCTIONS = (DROP, TICKET, CHECK, VERIFY, PUT, CLEAR, RETOKEN)


class Migration(migrations.Migration):
    dependencies = [("seniorcards", "0010_asking_with_keys_and_terms")]

    operations = [migrations.RunSQL(function, migrations.RunSQL.noop) for function in FUNCTIONS]
