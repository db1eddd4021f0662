"""What is asked and decided about a card is found in the audit by its holder too.

A facility's entry names the holders of its own cards alone: they are read in the schema in which the entry is written.
A question about a card of another facility is refused, and names nobody. The trace of an incident names nobody either:
it tells how many rows were searched, and shows none of them.
"""

from django.db import migrations

HOLDERS = """
CREATE OR REPLACE FUNCTION shared.senior_holders(place text, cards uuid[]) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    found uuid[];
BEGIN
    EXECUTE format('SELECT coalesce(array_agg(DISTINCT registrant_id ORDER BY registrant_id), ''{}'')'
                   ' FROM %I.registrants_card WHERE id = ANY ($1)', place)
    INTO found USING cards;
    RETURN found;
END
$$;
"""
TRACE = """
CREATE OR REPLACE FUNCTION shared.senior_trace(
    place text, kind text, who uuid, what text, about text, card uuid, why text, detail jsonb
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    own uuid[] := '{}';
BEGIN
    IF about = 'senior_inquiry' THEN
        SELECT array_agg(side.card) INTO own
        FROM seniorcards_inquiry q
        CROSS JOIN LATERAL (VALUES (q.asking_tenant, q.asking_card), (q.answering_tenant, q.answering_card))
            side (tenant, card)
        WHERE q.id = senior_trace.card AND side.tenant = place;
    END IF;
    EXECUTE format('INSERT INTO %I.audit_auditentry (at, actor_kind, actor_id, action, object_type, object_id, purpose,'
                   ' detail, request_id, persons) VALUES (now(), $1, $2, $3, $4, $5, $6, $7, '''', $8)', place)
    USING kind, who, what, about, coalesce(card::text, ''), why, detail,
          CASE WHEN own = '{}' THEN own ELSE senior_holders(place, own) END;
END
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
                   ' purpose, detail, address, request_id, persons) VALUES (now(), ''staff'', $1, $2,'
                   ' ''senior_index'', $3, $4, $5, $6, $7, $8)', me)
    USING clerk, CASE WHEN refusal IS NULL THEN 'search' ELSE 'denied' END, coalesce(card::text, ''),
          left(coalesce(purpose, ''), 20),
          jsonb_strip_nulls(jsonb_build_object('act', left(act, 8), 'why', refusal, 'call', ticket,
                                               'token', encode(substring(t1[1] FROM 1 FOR 4), 'hex'))),
          address, left(coalesce(request, ''), 32), senior_holders(me, ARRAY[card]);
    IF refusal IN ('clerk_rate', 'tenant_rate') THEN
        PERFORM senior_alert(refusal, me, clerk, NULL);
    END IF;
    IF refusal IS NOT NULL THEN
        ticket := NULL;
    END IF;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("seniorcards", "0007_other_holder")]

    operations = [migrations.RunSQL(function, migrations.RunSQL.noop) for function in (HOLDERS, TRACE, ASK)]
