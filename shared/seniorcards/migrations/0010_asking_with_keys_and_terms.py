"""Questions are answered to the holder of the key in use, within the city's terms, and also under a reversed name.

The arrays are parallel: one element for each key and name, `loose` with a row of four. A process whose keys are not the
index's own sees nothing of it, and so could give a second card: it is refused, and the city is told.
"""

from django.db import migrations

DROP = """
DROP FUNCTION shared.senior_ask(text, text, uuid, boolean, uuid, text, text[], text[], bytea[], bytea[], bytea[],
                                bytea[], inet, text);
DROP FUNCTION shared.senior_check(uuid, text[], text[], bytea[], bytea[], bytea[], bytea[]);
DROP FUNCTION shared.senior_verify(uuid, text, text[], text[], bytea[], bytea[], bytea[], bytea[]);
DROP FUNCTION shared.senior_ticket(text, uuid, text, bytea);
DROP FUNCTION shared.senior_digest(text[], text[], bytea[], bytea[], bytea[], bytea[], text);
DROP FUNCTION shared.senior_matches(uuid, bytea[], bytea[], bytea[], bytea[]);
"""
SEED = """
ALTER TABLE shared.senior_card_index ALTER COLUMN loose SET DEFAULT '{}';
ALTER TABLE shared.senior_card_index_rebuilt ALTER COLUMN loose SET DEFAULT '{}';
INSERT INTO shared.seniorcards_key (kid, rules, first_seen_at)
SELECT i.kid, row_number() OVER (ORDER BY count(*) DESC, i.kid) = 1, now() FROM shared.senior_card_index i GROUP BY 1;
"""
TERMS = """
CREATE FUNCTION shared.senior_terms(
    OUT clerk_hour int, OUT tenant_day int, OUT wrong_numbers int, OUT given_name boolean, OUT birth_slips boolean,
    OUT looser int
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
    SELECT coalesce(max(t.clerk_hour), 20), coalesce(max(t.tenant_day), 100), coalesce(max(t.wrong_numbers), 5),
           coalesce(bool_or(t.given_name), false), coalesce(bool_or(t.birth_slips), false),
           coalesce(max(t.given_name::int + 3 * t.birth_slips::int), 0)
    FROM seniorcards_terms t
$$;
"""
LOOSER = """
CREATE FUNCTION shared.senior_looser(loose bytea[], n bigint, given_name boolean, birth_slips boolean) RETURNS bytea[]
LANGUAGE sql IMMUTABLE SET search_path = shared, pg_temp AS $$
    SELECT CASE WHEN given_name THEN ARRAY[loose[n][1]] ELSE '{}' END
        || CASE WHEN birth_slips THEN ARRAY[loose[n][2], loose[n][3], loose[n][4]] ELSE '{}' END
$$;
"""
KEYS = """
CREATE FUNCTION shared.senior_keys_fit(kids text[], proofs bytea[], must_rule boolean) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    one record;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'the index is asked in read committed alone: what others count must be seen'
            USING ERRCODE = 'invalid_transaction_state';
    END IF;
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('senior keys', 0));
    IF NOT EXISTS (SELECT FROM seniorcards_key) THEN
        INSERT INTO seniorcards_key (kid, proof, rules, first_seen_at) VALUES (kids[1], proofs[1], true, now())
        ON CONFLICT DO NOTHING;
    END IF;
    IF (CASE WHEN must_rule THEN NOT EXISTS (SELECT FROM seniorcards_key k WHERE k.rules AND k.kid = ANY (kids))
            ELSE EXISTS (SELECT FROM seniorcards_key k WHERE k.retired_at IS NOT NULL AND k.kid = kids[1]) END) THEN
        RETURN false;
    END IF;
    FOR one IN SELECT DISTINCT a.kid, a.proof FROM unnest(kids, proofs) a (kid, proof) ORDER BY 1 LOOP
        INSERT INTO seniorcards_key (kid, proof, rules, first_seen_at) VALUES (one.kid, one.proof, false, now())
        ON CONFLICT (kid) DO NOTHING;
        UPDATE seniorcards_key k SET proof = one.proof WHERE k.kid = one.kid AND k.proof IS NULL;
        IF one.proof IS DISTINCT FROM (SELECT k.proof FROM seniorcards_key k WHERE k.kid = one.kid) THEN
            RETURN false;
        END IF;
    END LOOP;
    RETURN true;
END
$$;
"""
DIGESTS = """
CREATE FUNCTION shared.senior_digests(
    kids text[], name_roles text[], t1 bytea[], t2 bytea[], t3 bytea[], t4 bytea[], loose bytea[], number text
) RETURNS bytea[] LANGUAGE sql IMMUTABLE SET search_path = shared, pg_temp AS $$
    SELECT array_agg(whole.digest ORDER BY whole.digest) FROM (
        SELECT sha256(convert_to(string_agg(
            concat_ws('|', a.kid, a.name_role, encode(a.t1, 'hex'), encode(a.t2, 'hex'), encode(a.t3, 'hex'),
                      coalesce(encode(a.t4, 'hex'), '-'),
                      (SELECT string_agg(coalesce(encode(loose[a.n][k], 'hex'), '-'), ',' ORDER BY k)
                       FROM generate_subscripts(loose, 2) k)),
            '/' ORDER BY a.n) || '/' || coalesce(number, ''), 'UTF8')) AS digest
        FROM unnest(kids, name_roles, t1, t2, t3, t4) WITH ORDINALITY a (kid, name_role, t1, t2, t3, t4, n)
        GROUP BY a.kid
    ) whole
$$;
"""
MATCHES = """
CREATE FUNCTION shared.senior_matches(
    card uuid, name_roles text[], t1 bytea[], t2 bytea[], t3 bytea[], t4 bytea[], loose bytea[]
) RETURNS TABLE (card_uid uuid, tenant text, status text, issued_year smallint, grade smallint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
    SELECT m.card_uid, min(m.tenant), min(m.status), min(m.issued_year),
           min(CASE a.name_role WHEN 'reversed' THEN 3 ELSE m.grade END)::smallint
    FROM unnest(name_roles, t1, t2, t3, t4) WITH ORDINALITY a (name_role, t1, t2, t3, t4, n)
    CROSS JOIN senior_terms() s
    CROSS JOIN LATERAL (
        SELECT i.card_uid, i.tenant, i.status, i.issued_year, 1 AS grade FROM senior_card_index i WHERE i.t1 = a.t1
        UNION ALL
        SELECT i.card_uid, i.tenant, i.status, i.issued_year, 2 FROM senior_card_index i WHERE i.t2 = a.t2
        UNION ALL
        SELECT i.card_uid, i.tenant, i.status, i.issued_year, 3 FROM senior_card_index i WHERE i.t3 = a.t3
        UNION ALL
        SELECT i.card_uid, i.tenant, i.status, i.issued_year, 3 FROM senior_card_index i WHERE i.t4 = a.t4
        UNION ALL
        SELECT i.card_uid, i.tenant, i.status, i.issued_year, 3 FROM senior_card_index i
        WHERE s.looser > 0 AND i.loose && senior_looser(senior_matches.loose, a.n, s.given_name, s.birth_slips)
    ) m
    WHERE m.card_uid <> card
      AND NOT EXISTS (SELECT FROM seniorcards_exclusion e
                      WHERE e.one = least(card, m.card_uid) AND e.other = greatest(card, m.card_uid))
    GROUP BY m.card_uid
$$;
"""
HEIRS = """
CREATE FUNCTION shared.senior_inherit(place text, card uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    before uuid[];
BEGIN
    EXECUTE format('SELECT array_agg(o.id) FROM %1$I.registrants_card o JOIN %1$I.registrants_card c'
                   ' ON c.registrant_id = o.registrant_id AND c.kind = o.kind AND c.id <> o.id'
                   ' JOIN %1$I.registrants_registrant r ON r.id = c.registrant_id AND r.birth_date IS NOT NULL'
                   ' WHERE c.id = $1', place)
    INTO before USING card;
    IF before IS NULL THEN
        RETURN;
    END IF;
    INSERT INTO seniorcards_exclusion (one, other, inquiry_id, decided_at)
    SELECT least(card, x.far), greatest(card, x.far), x.inquiry_id, x.decided_at
    FROM (SELECT CASE WHEN e.one = ANY (before) THEN e.other ELSE e.one END AS far, e.inquiry_id, e.decided_at
          FROM seniorcards_exclusion e WHERE e.one = ANY (before) OR e.other = ANY (before)) x
    WHERE x.far <> ALL (before || card)
    ON CONFLICT (one, other) DO NOTHING;
    INSERT INTO seniorcards_namesake (card_uid, seq, inquiry_id, approved_at, approved_by)
    SELECT card, n.seq, n.inquiry_id, n.approved_at, n.approved_by FROM seniorcards_namesake n
    WHERE n.card_uid = ANY (before) ORDER BY n.seq DESC LIMIT 1
    ON CONFLICT (card_uid) DO NOTHING;
END
$$;
"""
ASK = """
CREATE FUNCTION shared.senior_ask(
    act text, purpose text, clerk uuid, identity_checked boolean, card uuid, number text,
    kids text[], proofs bytea[], name_roles text[], t1 bytea[], t2 bytea[], t3 bytea[], t4 bytea[], loose bytea[],
    address inet, request text, OUT ticket uuid, OUT refusal text
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    me text := senior_caller();
    terms record;
    is_own boolean;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('senior cards ' || me, 0));
    SELECT * INTO terms FROM senior_terms();
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.registrants_card WHERE id = $1 AND kind = ''senior'')', me)
    INTO is_own USING card;
    refusal := CASE
        WHEN act NOT IN ('check', 'verify') OR act IS NULL OR cardinality(t1) IS DISTINCT FROM cardinality(kids)
            OR coalesce(cardinality(kids), 0) NOT BETWEEN 1 AND 24 THEN 'question'
        WHEN purpose NOT IN ('new', 'reissue', 'transfer', 'inquiry') OR purpose IS NULL THEN 'purpose'
        WHEN identity_checked IS NOT TRUE THEN 'identity'
        WHEN NOT senior_officer(me, clerk) THEN 'role'
        WHEN NOT is_own THEN 'card'
        WHEN (SELECT count(*) FROM seniorcards_call c
              WHERE c.clerk = senior_ask.clerk AND c.tenant = me AND c.at > now() - interval '1 hour'
                AND c.act IN ('check', 'verify') AND c.outcome NOT LIKE 'refused%') >= terms.clerk_hour
            THEN 'clerk_rate'
        WHEN (SELECT count(*) FROM seniorcards_call c
              WHERE c.tenant = me AND c.at > now() - interval '1 day'
                AND c.act IN ('check', 'verify') AND c.outcome NOT LIKE 'refused%') >= terms.tenant_day
            THEN 'tenant_rate'
        WHEN act = 'verify' AND (
              SELECT count(*) FROM seniorcards_call c
              WHERE c.card_uid = card AND c.tenant = me AND c.at > now() - interval '1 day' AND c.act = 'verify'
                AND c.outcome <> 'match' AND c.outcome NOT LIKE 'refused%') >= terms.wrong_numbers THEN 'guessing'
        WHEN NOT senior_keys_fit(kids, proofs, true) THEN 'key'
    END;
    INSERT INTO seniorcards_call (id, at, tenant, clerk, act, purpose, card_uid, outcome, prefix, digests, xid)
    VALUES (gen_random_uuid(), now(), me, clerk, left(coalesce(act, ''), 8),
            CASE WHEN purpose IN ('new', 'reissue', 'transfer', 'inquiry') THEN purpose ELSE '' END,
            card, coalesce('refused_' || refusal, 'asked'), substring(t1[1] FROM 1 FOR 4),
            senior_digests(kids, name_roles, t1, t2, t3, t4, loose, number), pg_current_xact_id()::text::bigint)
    RETURNING id INTO ticket;
    EXECUTE format('INSERT INTO %I.audit_auditentry (at, actor_kind, actor_id, action, object_type, object_id,'
                   ' purpose, detail, address, request_id, persons) VALUES (now(), ''staff'', $1, $2,'
                   ' ''senior_index'', $3, $4, $5, $6, $7, $8)', me)
    USING clerk, CASE WHEN refusal IS NULL THEN 'search' ELSE 'denied' END, coalesce(card::text, ''),
          left(coalesce(purpose, ''), 20),
          jsonb_strip_nulls(jsonb_build_object('act', left(act, 8), 'why', refusal, 'call', ticket,
                                               'token', encode(substring(t1[1] FROM 1 FOR 4), 'hex'))),
          address, left(coalesce(request, ''), 32), senior_holders(me, ARRAY[card]);
    IF refusal IN ('clerk_rate', 'tenant_rate', 'guessing', 'key') THEN
        PERFORM senior_alert(refusal, me, CASE refusal WHEN 'key' THEN NULL ELSE clerk END, NULL);
    END IF;
    IF refusal IS NULL THEN
        PERFORM senior_inherit(me, card);
    ELSE
        ticket := NULL;
    END IF;
END
$$;
"""
FUNCTIONS = (DROP, SEED, TERMS, LOOSER, KEYS, DIGESTS, MATCHES, HEIRS, ASK)


class Migration(migrations.Migration):
    dependencies = [("seniorcards", "0009_keys_terms_and_looser_tokens")]

    operations = [migrations.RunSQL(function, migrations.RunSQL.noop) for function in FUNCTIONS]
