"""What a facility may ask the index: first the question, which is counted and kept, then its answer.

Both are functions that run as the owner. Who asks is read from the role of the unit of work, never from an argument.
The answer is given in a later transaction than the question: a question that was rolled back, and with it its trace and
its count, has no answer. The arrays are parallel: one element for each key and name.
"""

from django.db import migrations

CALLER = """
CREATE OR REPLACE FUNCTION shared.senior_caller() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    acting text := current_setting('role');
    found text;
BEGIN
    SELECT schema_name INTO found FROM tenants_tenant
    WHERE 'tenant_' || schema_name = CASE acting WHEN 'none' THEN session_user ELSE acting END;
    IF found IS NULL THEN
        RAISE EXCEPTION 'only a tenant may ask' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN found;
END
$$;
"""
OFFICER = """
CREATE OR REPLACE FUNCTION shared.senior_officer(place text, clerk uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    may boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.staff_staffaccount'
                   ' WHERE id = $1 AND is_active AND ''card_officer'' = ANY (roles))', place)
    INTO may USING clerk;
    RETURN may;
END
$$;
"""
DIGEST = """
CREATE OR REPLACE FUNCTION shared.senior_digest(
    kids text[], name_roles text[], t1 bytea[], t2 bytea[], t3 bytea[], t4 bytea[], number text
) RETURNS bytea LANGUAGE sql IMMUTABLE SET search_path = shared, pg_temp AS $$
    SELECT sha256(convert_to(coalesce(string_agg(
        concat_ws('|', a.kid, a.name_role, encode(a.t1, 'hex'), encode(a.t2, 'hex'), encode(a.t3, 'hex'),
                  coalesce(encode(a.t4, 'hex'), '-')), '/' ORDER BY a.n), '') || '/' || coalesce(number, ''), 'UTF8'))
    FROM unnest(kids, name_roles, t1, t2, t3, t4) WITH ORDINALITY a (kid, name_role, t1, t2, t3, t4, n)
$$;
"""
MATCHES = """
CREATE OR REPLACE FUNCTION shared.senior_matches(card uuid, t1 bytea[], t2 bytea[], t3 bytea[], t4 bytea[])
RETURNS TABLE (card_uid uuid, tenant text, status text, issued_year smallint, grade smallint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
    SELECT m.card_uid, min(m.tenant), min(m.status), min(m.issued_year), min(m.grade)::smallint
    FROM unnest(t1, t2, t3, t4) a (t1, t2, t3, t4)
    CROSS JOIN LATERAL (
        SELECT i.card_uid, i.tenant, i.status, i.issued_year, 1 AS grade FROM senior_card_index i WHERE i.t1 = a.t1
        UNION ALL
        SELECT i.card_uid, i.tenant, i.status, i.issued_year, 2 FROM senior_card_index i WHERE i.t2 = a.t2
        UNION ALL
        SELECT i.card_uid, i.tenant, i.status, i.issued_year, 3 FROM senior_card_index i WHERE i.t3 = a.t3
        UNION ALL
        SELECT i.card_uid, i.tenant, i.status, i.issued_year, 3 FROM senior_card_index i WHERE i.t4 = a.t4
    ) m
    WHERE m.card_uid <> card
      AND NOT EXISTS (SELECT FROM seniorcards_exclusion e
                      WHERE e.one = least(card, m.card_uid) AND e.other = greatest(card, m.card_uid))
    GROUP BY m.card_uid
$$;
"""
ALERT = """
CREATE OR REPLACE FUNCTION shared.senior_alert(what text, place text, who uuid, card uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
    INSERT INTO seniorcards_alert (at, kind, tenant, clerk, card_uid)
    SELECT now(), what, place, who, card
    WHERE NOT EXISTS (SELECT FROM seniorcards_alert a
                      WHERE a.kind = what AND a.tenant = place AND a.card_uid IS NOT DISTINCT FROM card
                        AND (card IS NOT NULL OR a.at > now() - interval '1 hour'))
$$;
"""
ASK = """
CREATE OR REPLACE FUNCTION shared.senior_ask(
    act text, purpose text, clerk uuid, identity_checked boolean, card uuid, number text,
    kids text[], name_roles text[], t1 bytea[], t2 bytea[], t3 bytea[], t4 bytea[], address inet, request text,
    OUT ticket uuid, OUT refusal text
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    me text := senior_caller();
    is_own boolean;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('senior cards ' || me, 0));
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.registrants_card WHERE id = $1 AND kind = ''senior'')', me)
    INTO is_own USING card;
    refusal := CASE
        WHEN act NOT IN ('check', 'verify') OR act IS NULL OR cardinality(t1) IS DISTINCT FROM cardinality(kids)
            OR coalesce(cardinality(kids), 0) NOT BETWEEN 1 AND 8 THEN 'question'
        WHEN purpose NOT IN ('new', 'reissue', 'transfer', 'inquiry') OR purpose IS NULL THEN 'purpose'
        WHEN identity_checked IS NOT TRUE THEN 'identity'
        WHEN NOT senior_officer(me, clerk) THEN 'role'
        WHEN NOT is_own THEN 'card'
        WHEN (SELECT count(*) FROM seniorcards_call c
              WHERE c.clerk = senior_ask.clerk AND c.tenant = me AND c.at > now() - interval '1 hour'
                AND c.act IN ('check', 'verify') AND c.outcome NOT LIKE 'refused%') >= 20 THEN 'clerk_rate'
        WHEN (SELECT count(*) FROM seniorcards_call c
              WHERE c.tenant = me AND c.at > now() - interval '1 day'
                AND c.act IN ('check', 'verify') AND c.outcome NOT LIKE 'refused%') >= 100 THEN 'tenant_rate'
    END;
    INSERT INTO seniorcards_call (id, at, tenant, clerk, act, purpose, card_uid, outcome, prefix, digest, xid)
    VALUES (gen_random_uuid(), now(), me, clerk, left(coalesce(act, ''), 8),
            CASE WHEN purpose IN ('new', 'reissue', 'transfer', 'inquiry') THEN purpose ELSE '' END,
            card, coalesce('refused_' || refusal, 'asked'), substring(t1[1] FROM 1 FOR 4),
            senior_digest(kids, name_roles, t1, t2, t3, t4, number), pg_current_xact_id()::text::bigint)
    RETURNING id INTO ticket;
    EXECUTE format('INSERT INTO %I.audit_auditentry (at, actor_kind, actor_id, action, object_type, object_id,'
                   ' purpose, detail, address, request_id) VALUES (now(), ''staff'', $1, $2, ''senior_index'', $3, $4,'
                   ' $5, $6, $7)', me)
    USING clerk, CASE WHEN refusal IS NULL THEN 'search' ELSE 'denied' END, coalesce(card::text, ''),
          left(coalesce(purpose, ''), 20),
          jsonb_strip_nulls(jsonb_build_object('act', left(act, 8), 'why', refusal, 'call', ticket,
                                               'token', encode(substring(t1[1] FROM 1 FOR 4), 'hex'))),
          address, left(coalesce(request, ''), 32);
    IF refusal IN ('clerk_rate', 'tenant_rate') THEN
        PERFORM senior_alert(refusal, me, clerk, NULL);
    END IF;
    IF refusal IS NOT NULL THEN
        ticket := NULL;
    END IF;
END
$$;
"""
TICKET = """
CREATE OR REPLACE FUNCTION shared.senior_ticket(place text, ticket uuid, wanted text, question bytea) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    card uuid;
BEGIN
    SELECT c.card_uid INTO card FROM seniorcards_call c
    WHERE c.id = ticket AND c.tenant = place AND c.act = wanted AND c.outcome NOT LIKE 'refused%'
      AND c.digest = question AND c.at > now() - interval '15 minutes'
      AND c.xid <> pg_current_xact_id()::text::bigint;
    IF card IS NULL THEN
        RAISE EXCEPTION 'no such question' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN card;
END
$$;
"""
CHECK = """
CREATE OR REPLACE FUNCTION shared.senior_check(
    ticket uuid, kids text[], name_roles text[], t1 bytea[], t2 bytea[], t3 bytea[], t4 bytea[]
) RETURNS TABLE (hit uuid, grade smallint, facility text, facility_en text, number text, status text,
                 issued_year smallint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    me text := senior_caller();
    card uuid := senior_ticket(me, ticket, 'check', senior_digest(kids, name_roles, t1, t2, t3, t4, NULL));
    one record;
    best smallint;
BEGIN
    FOR one IN
        SELECT m.*, t.name, t.name_en FROM senior_matches(card, t1, t2, t3, t4) m
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
CREATE OR REPLACE FUNCTION shared.senior_verify(
    ticket uuid, number text, kids text[], name_roles text[], t1 bytea[], t2 bytea[], t3 bytea[], t4 bytea[]
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    me text := senior_caller();
    card uuid := senior_ticket(me, ticket, 'verify', senior_digest(kids, name_roles, t1, t2, t3, t4, number));
    one record;
    fits boolean := false;
BEGIN
    FOR one IN SELECT m.card_uid, m.tenant FROM senior_matches(card, t1, t2, t3, t4) m LOOP
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
FUNCTIONS = (CALLER, OFFICER, DIGEST, MATCHES, ALERT, ASK, TICKET, CHECK, VERIFY)


class Migration(migrations.Migration):
    dependencies = [("seniorcards", "0001_initial"), ("tenants", "0002_gate")]

    operations = [migrations.RunSQL(function, migrations.RunSQL.noop) for function in FUNCTIONS]
