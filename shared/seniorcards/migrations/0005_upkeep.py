"""What the city's scheduled work does with the index: count, drop an old key's rows, purge, build it anew."""

from django.db import migrations

COUNTS = """
CREATE OR REPLACE FUNCTION shared.senior_counts() RETURNS TABLE (tenant text, kid text, status text, cards bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
    SELECT i.tenant, i.kid, i.status, count(*) FROM senior_card_index i WHERE i.name_role = 'current'
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
$$;
"""
DROP_KEY = """
CREATE OR REPLACE FUNCTION shared.senior_drop_key(old text, OUT lacking bigint, OUT dropped bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    LOCK TABLE senior_card_index IN SHARE ROW EXCLUSIVE MODE;
    dropped := 0;
    SELECT count(*) INTO lacking FROM senior_card_index i
    WHERE i.kid = old AND NOT EXISTS (SELECT FROM senior_card_index o WHERE o.card_uid = i.card_uid
                                      AND o.name_role = i.name_role AND o.kid <> old);
    IF lacking = 0 THEN
        DELETE FROM senior_card_index i WHERE i.kid = old;
        GET DIAGNOSTICS dropped = ROW_COUNT;
    END IF;
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
    END IF;
    RETURN gone;
END
$$;
"""
REBUILD_BEGIN = """
CREATE OR REPLACE FUNCTION shared.senior_rebuild_begin() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
    DELETE FROM senior_card_index_rebuilt
$$;
"""
REBUILD_PUT = """
CREATE OR REPLACE FUNCTION shared.senior_rebuild_put(
    cards uuid[], kids text[], name_roles text[], t1 bytea[], t2 bytea[], t3 bytea[], t4 bytea[]
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    me text := senior_caller();
BEGIN
    DELETE FROM senior_card_index_rebuilt r WHERE r.card_uid = ANY (cards) AND r.tenant = me;
    PERFORM senior_put('senior_card_index_rebuilt', me, cards, kids, name_roles, t1, t2, t3, t4);
END
$$;
"""
DIFFERENCES = """
CREATE OR REPLACE FUNCTION shared.senior_rebuild_differences() RETURNS TABLE (tenant text, card_uid uuid, what text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
    SELECT coalesce(r.tenant, i.tenant), coalesce(r.card_uid, i.card_uid),
           CASE WHEN i.id IS NULL THEN 'missing' WHEN r.id IS NULL THEN 'extra'
                WHEN (i.t1, i.t2, i.t3, i.t4) IS DISTINCT FROM (r.t1, r.t2, r.t3, r.t4) THEN 'tokens'
                ELSE 'state' END
    FROM senior_card_index_rebuilt r
    FULL JOIN senior_card_index i ON i.card_uid = r.card_uid AND i.kid = r.kid AND i.name_role = r.name_role
    WHERE (i.tenant, i.status, i.issued_year, i.lapsed_on, i.namesake, i.t1, i.t2, i.t3, i.t4)
          IS DISTINCT FROM (r.tenant, r.status, r.issued_year, r.lapsed_on, r.namesake, r.t1, r.t2, r.t3, r.t4)
    ORDER BY 1, 2, 3
$$;
"""
REPLACE = """
CREATE OR REPLACE FUNCTION shared.senior_rebuild_replace() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    put bigint;
BEGIN
    LOCK TABLE senior_card_index IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM senior_card_index;
    INSERT INTO senior_card_index (card_uid, tenant, status, issued_year, lapsed_on, kid, name_role, namesake,
                                   t1, t2, t3, t4)
    SELECT card_uid, tenant, status, issued_year, lapsed_on, kid, name_role, namesake, t1, t2, t3, t4
    FROM senior_card_index_rebuilt;
    GET DIAGNOSTICS put = ROW_COUNT;
    DELETE FROM senior_card_index_rebuilt;
    RETURN put;
END
$$;
"""
FUNCTIONS = (COUNTS, DROP_KEY, PURGE, REBUILD_BEGIN, REBUILD_PUT, DIFFERENCES, REPLACE)


class Migration(migrations.Migration):
    dependencies = [("seniorcards", "0004_inquiries")]

    operations = [migrations.RunSQL(function, migrations.RunSQL.noop) for function in FUNCTIONS]
