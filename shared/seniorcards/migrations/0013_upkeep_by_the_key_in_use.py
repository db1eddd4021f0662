"""Upkeep that knows the key in use, the city's terms, and whose rebuilding it is.

An old key goes only when every card stands under the new one, and that one is in use from the same moment on. What was
rebuilt takes the index's place only if nothing differs otherwise than was looked at.
"""

from django.db import migrations

DROP = """
DROP FUNCTION shared.senior_drop_key(text);
DROP FUNCTION shared.senior_rebuild_begin();
DROP FUNCTION shared.senior_rebuild_put(uuid[], text[], text[], bytea[], bytea[], bytea[], bytea[]);
DROP FUNCTION shared.senior_rebuild_replace(bigint);
"""
LACKING = """
CREATE OR REPLACE FUNCTION shared.senior_lacking(wanted text, after uuid, size int) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    me text := senior_caller();
    as_wanted int;
BEGIN
    SELECT s.looser INTO as_wanted FROM senior_terms() s;
    RETURN QUERY SELECT DISTINCT i.card_uid FROM senior_card_index i
    WHERE i.tenant = me AND (after IS NULL OR i.card_uid > after)
      AND CASE WHEN i.kid = wanted THEN cardinality(i.loose) <> as_wanted
               ELSE NOT EXISTS (SELECT FROM senior_card_index o
                                WHERE o.card_uid = i.card_uid AND o.name_role = i.name_role AND o.kid = wanted) END
    ORDER BY 1 LIMIT size;
END
$$;
"""
DROP_KEY = """
CREATE FUNCTION shared.senior_drop_key(old text, kept text, OUT lacking bigint, OUT dropped bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('senior keys', 0));
    LOCK TABLE senior_card_index IN SHARE ROW EXCLUSIVE MODE;
    dropped := 0;
    SELECT count(DISTINCT i.card_uid) INTO lacking FROM senior_card_index i
    WHERE NOT EXISTS (SELECT FROM senior_card_index o
                      WHERE o.card_uid = i.card_uid AND o.name_role = i.name_role AND o.kid = kept);
    IF lacking > 0 OR old = kept
            OR EXISTS (SELECT FROM seniorcards_key k WHERE k.kid = kept AND k.retired_at IS NOT NULL) THEN
        RETURN;
    END IF;
    UPDATE seniorcards_key k SET rules = false, retired_at = now() WHERE k.kid = old;
    INSERT INTO seniorcards_key AS k (kid, rules, first_seen_at)
    VALUES (kept, NOT EXISTS (SELECT FROM seniorcards_key r WHERE r.rules), now())
    ON CONFLICT (kid) DO UPDATE SET rules = k.rules OR excluded.rules;
    DELETE FROM senior_card_index i WHERE i.kid = old;
    GET DIAGNOSTICS dropped = ROW_COUNT;
END
$$;
"""
PURGE = """
CREATE OR REPLACE FUNCTION shared.senior_purge(years int) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    gone bigint := 0;
BEGIN
    IF years >= 1 THEN
        DELETE FROM senior_card_index i WHERE i.status = 'lapsed'
            AND i.lapsed_on < (now() AT TIME ZONE 'Asia/Tokyo')::date - make_interval(years => years);
        GET DIAGNOSTICS gone = ROW_COUNT;
        DELETE FROM seniorcards_hit h USING seniorcards_call c
            WHERE c.id = h.call_id AND c.at < now() - make_interval(years => years);
        DELETE FROM seniorcards_call c WHERE c.at < now() - make_interval(years => years);
    END IF;
    RETURN gone;
END
$$;
"""
BEGIN = """
CREATE FUNCTION shared.senior_rebuild_begin() RETURNS uuid
LANGUAGE sql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
    DELETE FROM senior_card_index_rebuilt;
    INSERT INTO seniorcards_rebuild (place, run) VALUES (1, gen_random_uuid())
    ON CONFLICT (place) DO UPDATE SET run = excluded.run RETURNING run
$$;
"""
PUT = """
CREATE FUNCTION shared.senior_rebuild_put(
    mine uuid, cards uuid[], kids text[], proofs bytea[], name_roles text[], t1 bytea[], t2 bytea[], t3 bytea[],
    t4 bytea[], loose bytea[]
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    me text := senior_caller();
BEGIN
    PERFORM FROM seniorcards_rebuild b WHERE b.run = mine FOR SHARE;
    IF NOT FOUND OR NOT senior_keys_fit(kids, proofs, true) THEN
        RETURN false;
    END IF;
    DELETE FROM senior_card_index_rebuilt r WHERE r.card_uid = ANY (cards) AND r.tenant = me;
    PERFORM senior_put('senior_card_index_rebuilt', me, NULL, cards, kids, name_roles, t1, t2, t3, t4, loose);
    RETURN true;
END
$$;
"""
DIFFERENCES = """
CREATE OR REPLACE FUNCTION shared.senior_rebuild_differences() RETURNS TABLE (tenant text, card_uid uuid, what text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
    SELECT coalesce(r.tenant, i.tenant), coalesce(r.card_uid, i.card_uid),
           CASE WHEN i.id IS NULL THEN 'missing' WHEN r.id IS NULL THEN 'extra'
                WHEN (i.t1, i.t2, i.t3, i.t4, i.loose) IS DISTINCT FROM (r.t1, r.t2, r.t3, r.t4, r.loose) THEN 'tokens'
                ELSE 'state' END
    FROM senior_card_index_rebuilt r
    FULL JOIN senior_card_index i ON i.card_uid = r.card_uid AND i.kid = r.kid AND i.name_role = r.name_role
    WHERE (i.tenant, i.status, i.issued_year, i.lapsed_on, i.namesake, i.t1, i.t2, i.t3, i.t4, i.loose) IS DISTINCT FROM
          (r.tenant, r.status, r.issued_year, r.lapsed_on, r.namesake, r.t1, r.t2, r.t3, r.t4, r.loose)
    ORDER BY 1, 2, 3
$$;
"""
MARK = """
CREATE FUNCTION shared.senior_rebuild_mark() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
    SELECT coalesce(encode(sha256(convert_to(string_agg(whole.line, E'\\n' ORDER BY whole.line), 'UTF8')), 'hex'), '')
    FROM (SELECT concat_ws('|', to_jsonb(i) - 'id', '/', to_jsonb(r) - 'id') AS line
          FROM senior_card_index_rebuilt r
          FULL JOIN senior_card_index i ON i.card_uid = r.card_uid AND i.kid = r.kid AND i.name_role = r.name_role
          WHERE (to_jsonb(i) - 'id') IS DISTINCT FROM (to_jsonb(r) - 'id')) whole
$$;
"""
REPLACE = """
CREATE FUNCTION shared.senior_rebuild_replace(mine uuid, seen text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    put bigint;
BEGIN
    LOCK TABLE senior_card_index IN SHARE ROW EXCLUSIVE MODE;
    PERFORM FROM seniorcards_rebuild b WHERE b.run = mine FOR UPDATE;
    IF NOT FOUND OR seen IS DISTINCT FROM senior_rebuild_mark() THEN
        RETURN -1;
    END IF;
    DELETE FROM senior_card_index;
    INSERT INTO senior_card_index (card_uid, tenant, status, issued_year, lapsed_on, kid, name_role, namesake,
                                   t1, t2, t3, t4, loose)
    SELECT card_uid, tenant, status, issued_year, lapsed_on, kid, name_role, namesake, t1, t2, t3, t4, loose
    FROM senior_card_index_rebuilt;
    GET DIAGNOSTICS put = ROW_COUNT;
    DELETE FROM senior_card_index_rebuilt;
    RETURN put;
END
$$;
"""
SET_TERMS = """
CREATE FUNCTION shared.senior_set_terms(
    officer uuid, clerk_hour int, tenant_day int, wrong_numbers int, given_name boolean, birth_slips boolean
) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    before int;
BEGIN
    IF NOT EXISTS (SELECT FROM staff_staffaccount s WHERE s.id = officer AND s.is_active
                   AND 'general' = ANY (s.roles)) THEN
        RETURN 'role';
    END IF;
    LOCK TABLE senior_card_index IN SHARE ROW EXCLUSIVE MODE;
    SELECT s.looser INTO before FROM senior_terms() s;
    INSERT INTO seniorcards_terms AS t (place, clerk_hour, tenant_day, wrong_numbers, given_name, birth_slips,
                                        changed_at, changed_by)
    VALUES (1, clerk_hour, tenant_day, wrong_numbers, given_name, birth_slips, now(), officer)
    ON CONFLICT (place) DO UPDATE SET
        clerk_hour = excluded.clerk_hour, tenant_day = excluded.tenant_day, wrong_numbers = excluded.wrong_numbers,
        given_name = excluded.given_name, birth_slips = excluded.birth_slips, changed_at = excluded.changed_at,
        changed_by = excluded.changed_by;
    IF before IS DISTINCT FROM (SELECT s.looser FROM senior_terms() s) THEN
        UPDATE senior_card_index SET loose = '{}' WHERE loose <> '{}';
    END IF;
    RETURN NULL;
END
$$;
"""
FUNCTIONS = (DROP, LACKING, DROP_KEY, PURGE, BEGIN, PUT, DIFFERENCES, MARK, REPLACE, SET_TERMS)


class Migration(migrations.Migration):
    dependencies = [("seniorcards", "0012_inquiries_that_end")]

    operations = [migrations.RunSQL(function, migrations.RunSQL.noop) for function in FUNCTIONS]
