"""How the index is kept: a card that is issued, changes its state, or gets tokens of another key."""

from django.db import migrations

CARDS = """
CREATE OR REPLACE FUNCTION shared.senior_cards_of(place text, cards uuid[])
RETURNS TABLE (card_uid uuid, state text, issued_year smallint, lapsed_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    RETURN QUERY EXECUTE format(
        'SELECT c.id, c.state::text, extract(year FROM c.issued_on - interval ''3 months'')::smallint, c.lapsed_on'
        ' FROM %I.registrants_card c WHERE c.kind = ''senior'' AND c.id = ANY ($1)', place) USING cards;
END
$$;
"""
CLEAR = """
CREATE OR REPLACE FUNCTION shared.senior_clear(
    card uuid, kids text[], name_roles text[], t1 bytea[], t2 bytea[], t3 bytea[], t4 bytea[],
    OUT outcome text, OUT namesake smallint
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    me text := senior_caller();
    own record;
    place bigint;
BEGIN
    namesake := coalesce((SELECT n.seq FROM seniorcards_namesake n WHERE n.card_uid = card), 0);
    SELECT * INTO own FROM senior_cards_of(me, ARRAY[card]);
    IF own.card_uid IS NULL OR own.state = 'lapsed' THEN
        outcome := 'card';
        RETURN;
    END IF;
    FOR place IN SELECT DISTINCT hashtextextended(encode(x, 'hex'), 7) FROM unnest(t1 || t2 || t3 || t4) x
                 WHERE x IS NOT NULL ORDER BY 1 LOOP
        PERFORM pg_advisory_xact_lock(place);
    END LOOP;
    IF NOT EXISTS (SELECT FROM unnest(kids, name_roles, t1, t2, t3, t4) a (kid, name_role, t1, t2, t3, t4)
                   WHERE NOT EXISTS (SELECT FROM senior_card_index i
                                     WHERE i.card_uid = card AND i.kid = a.kid AND i.name_role = a.name_role
                                       AND coalesce(i.t1, a.t1) = a.t1 AND i.t2 = a.t2
                                       AND i.t4 IS NOT DISTINCT FROM a.t4)) THEN
        outcome := 'cleared';
        RETURN;
    END IF;
    IF NOT EXISTS (SELECT FROM seniorcards_call c
                   WHERE c.card_uid = card AND c.tenant = me AND c.act = 'check'
                     AND c.outcome IN ('none', 'exact', 'folded', 'similar') AND c.at > now() - interval '30 days'
                     AND c.digest = senior_digest(kids, name_roles, t1, t2, t3, t4, NULL)) THEN
        outcome := 'unchecked';
        RETURN;
    END IF;
    SELECT CASE WHEN min(m.grade) = 1 THEN 'exists' WHEN bool_or(q.answer = 'same') THEN 'exists' ELSE 'unresolved' END
    INTO outcome
    FROM senior_matches(card, t1, t2, t3, t4) m
    LEFT JOIN seniorcards_inquiry q ON q.asking_card = card AND q.answering_card = m.card_uid
    WHERE m.status IN ('active', 'suspended') HAVING count(*) > 0;
    IF outcome IS NOT NULL THEN
        RETURN;
    END IF;
    BEGIN
        DELETE FROM senior_card_index i WHERE i.card_uid = card;
        PERFORM senior_put('senior_card_index', me, ARRAY[card], kids, name_roles, t1, t2, t3, t4);
        outcome := 'cleared';
    EXCEPTION WHEN unique_violation THEN
        outcome := 'exists';
    END;
END
$$;
"""
PUT = """
CREATE OR REPLACE FUNCTION shared.senior_put(
    target regclass, place text, cards uuid[], kids text[], name_roles text[],
    t1 bytea[], t2 bytea[], t3 bytea[], t4 bytea[]
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    IF cardinality(cards) = 1 THEN
        cards := array_fill(cards[1], ARRAY[cardinality(kids)]);
    END IF;
    EXECUTE format('INSERT INTO %s (card_uid, tenant, status, issued_year, lapsed_on, kid, name_role, namesake,'
                   ' t1, t2, t3, t4)'
                   ' SELECT a.card, $1, CASE c.state WHEN ''applied'' THEN ''active'' ELSE c.state END, c.issued_year,'
                   ' c.lapsed_on, a.kid, a.name_role, coalesce(n.seq, 0),'
                   ' CASE WHEN a.name_role = ''current'' OR a.t1 <> ALL (SELECT b.t1 FROM'
                   ' unnest($2, $4, $5) b (card, name_role, t1) WHERE b.card = a.card AND b.name_role = ''current'')'
                   ' THEN a.t1 END, a.t2, a.t3, a.t4'
                   ' FROM unnest($2, $3, $4, $5, $6, $7, $8) a (card, kid, name_role, t1, t2, t3, t4)'
                   ' JOIN senior_cards_of($1, $2) c ON c.card_uid = a.card'
                   ' LEFT JOIN seniorcards_namesake n ON n.card_uid = a.card', target)
    USING place, cards, kids, name_roles, t1, t2, t3, t4;
END
$$;
"""
RETOKEN = """
CREATE OR REPLACE FUNCTION shared.senior_retoken(
    cards uuid[], kids text[], name_roles text[], t1 bytea[], t2 bytea[], t3 bytea[], t4 bytea[]
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    me text := senior_caller();
    one uuid;
BEGIN
    FOR one IN SELECT c.card_uid FROM senior_cards_of(me, cards) c WHERE c.state <> 'applied' ORDER BY 1 LOOP
        BEGIN
            DELETE FROM senior_card_index i WHERE i.card_uid = one
                AND i.kid IN (SELECT a.kid FROM unnest(cards, kids) a (card, kid) WHERE a.card = one);
            PERFORM senior_put('senior_card_index', me, array_agg(a.card), array_agg(a.kid), array_agg(a.name_role),
                               array_agg(a.t1), array_agg(a.t2), array_agg(a.t3), array_agg(a.t4))
            FROM unnest(cards, kids, name_roles, t1, t2, t3, t4) a (card, kid, name_role, t1, t2, t3, t4)
            WHERE a.card = one;
        EXCEPTION WHEN unique_violation THEN
            PERFORM senior_alert('duplicate', me, NULL, one);
        END;
    END LOOP;
END
$$;
"""
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
    RETURN NULL;
END
$$;
"""
ISSUED = """
CREATE OR REPLACE FUNCTION shared.senior_card_issued() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM senior_card_index i WHERE i.card_uid = NEW.id AND i.tenant = TG_TABLE_SCHEMA) THEN
        RAISE EXCEPTION 'a senior card is issued only after the duplicate check' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
"""
RENAMED = """
CREATE OR REPLACE FUNCTION shared.senior_holder_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    EXECUTE format('DELETE FROM %1$I.registrants_cardtoken t USING %1$I.registrants_card c'
                   ' WHERE t.card_id = c.id AND c.registrant_id = $1 AND c.kind = ''senior''', TG_TABLE_SCHEMA)
    USING NEW.id;
    RETURN NULL;
END
$$;
"""
FUNCTIONS = (CARDS, PUT, CLEAR, RETOKEN, CHANGED, ISSUED, RENAMED)


class Migration(migrations.Migration):
    dependencies = [("seniorcards", "0002_asking")]

    operations = [migrations.RunSQL(function, migrations.RunSQL.noop) for function in FUNCTIONS]
