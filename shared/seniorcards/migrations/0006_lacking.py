"""Which of a tenant's cards stand in the index without a key, and a replacement only of what was compared."""

from django.db import migrations

LACKING = """
CREATE OR REPLACE FUNCTION shared.senior_lacking(wanted text, after uuid, size int) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    me text := senior_caller();
BEGIN
    RETURN QUERY SELECT DISTINCT i.card_uid FROM senior_card_index i
    WHERE i.tenant = me AND i.kid <> wanted AND (after IS NULL OR i.card_uid > after)
      AND NOT EXISTS (SELECT FROM senior_card_index o
                      WHERE o.card_uid = i.card_uid AND o.name_role = i.name_role AND o.kid = wanted)
    ORDER BY 1 LIMIT size;
END
$$;
"""
REPLACE = """
DROP FUNCTION shared.senior_rebuild_replace();
CREATE FUNCTION shared.senior_rebuild_replace(seen bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    put bigint;
BEGIN
    LOCK TABLE senior_card_index IN SHARE ROW EXCLUSIVE MODE;
    IF seen IS DISTINCT FROM (SELECT count(*) FROM senior_rebuild_differences()) THEN
        RETURN -1;
    END IF;
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


class Migration(migrations.Migration):
    dependencies = [("seniorcards", "0005_upkeep")]

    operations = [
        migrations.RunSQL(LACKING, migrations.RunSQL.noop),
        migrations.RunSQL(REPLACE, migrations.RunSQL.noop),
    ]
