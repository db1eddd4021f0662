"""Sealing and checking, in PostgreSQL: the rows need not travel, and nobody but these functions writes a seal.

A block holds the rows after the block before, in the order of (transaction, id), up to the horizon: the number below
which every transaction is over. A row that is committed late has a transaction at or above the horizon of its time, so
it falls into a later block; a row with a transaction below it was put there afterwards.

The canonical form of a row is the JSON text of all its columns as one array; its leaf is its id and the SHA-256 of
that. A block's root is the SHA-256 of its leaves; the chain links it with number, time, bounds and the chain before.
"""

from django.db import migrations

CANON = (
    "jsonb_build_array(a.id, a.xact, (extract(epoch FROM a.at) * 1000000)::bigint, a.actor_kind, a.actor_id, a.action,"
    " a.object_type, a.object_id, a.purpose, a.detail, a.address, a.request_id, a.roles, a.body, a.terminal, a.session,"
    " a.persons)"
)
LEAF = f"int8send(a.id) || sha256(convert_to({CANON}::text, 'UTF8'))"
"""Of a row ``a``; stands for ``<leaf>`` below."""
KNOWN = """
CREATE OR REPLACE FUNCTION shared.audit_place(place text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    IF place = 'shared' OR EXISTS (SELECT FROM tenants_tenant WHERE schema_name = place) THEN
        RETURN place;
    END IF;
    RAISE EXCEPTION 'no such schema' USING ERRCODE = 'check_violation';
END
$$;
REVOKE ALL ON FUNCTION shared.audit_place(text) FROM PUBLIC;
"""
CHAIN = """
CREATE OR REPLACE FUNCTION shared.audit_chain(
    before bytea, block bigint, at timestamptz, to_xact bigint, to_id bigint, rows bigint, shift bigint, root bytea
) RETURNS bytea LANGUAGE sql IMMUTABLE SET search_path = shared, pg_temp AS $$
    SELECT sha256(before || int8send(block) || int8send((extract(epoch FROM at) * 1000000)::bigint)
                  || int8send(to_xact) || int8send(to_id) || int8send(rows) || int8send(shift) || root)
$$;
REVOKE ALL ON FUNCTION shared.audit_chain(bytea, bigint, timestamptz, bigint, bigint, bigint, bigint, bytea) FROM PUBLIC;
"""
DAYS = """
CREATE OR REPLACE FUNCTION shared.audit_close_days(place text, today date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    EXECUTE format($query$
        INSERT INTO shared.audit_dayseal (tenant, day, block, rows, root)
        SELECT %1$L, d.day, coalesce(last.id, 0), coalesce(sum(b.rows), 0), coalesce(last.chain, ''::bytea)
        FROM (SELECT generate_series(
                  coalesce((SELECT max(day) + 1 FROM shared.audit_dayseal WHERE tenant = %1$L),
                           (SELECT min((sealed_at AT TIME ZONE 'Asia/Tokyo')::date) FROM %1$I.audit_auditseal)),
                  $1 - 1, interval '1 day')::date AS day) d
        LEFT JOIN LATERAL (
            SELECT s.id, s.chain FROM %1$I.audit_auditseal s
            WHERE s.sealed_at < (d.day + 1)::timestamp AT TIME ZONE 'Asia/Tokyo' ORDER BY s.id DESC LIMIT 1) last ON true
        LEFT JOIN %1$I.audit_auditseal b ON b.sealed_at >= d.day::timestamp AT TIME ZONE 'Asia/Tokyo'
            AND b.sealed_at < (d.day + 1)::timestamp AT TIME ZONE 'Asia/Tokyo'
        GROUP BY d.day, last.id, last.chain
    $query$, place) USING today;
END
$$;
REVOKE ALL ON FUNCTION shared.audit_close_days(text, date) FROM PUBLIC;
"""
SEAL = """
CREATE OR REPLACE FUNCTION shared.audit_seal(place text, moment timestamptz, most integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    known text := audit_place(place);
    before record;
    horizon bigint;
    found record;
    sealed timestamptz;
    upto bigint[];
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('audit seal ' || known, 0));
    EXECUTE format('SELECT * FROM %I.audit_auditseal ORDER BY id DESC LIMIT 1', known) INTO before;
    horizon := pg_snapshot_xmin(pg_current_snapshot())::text::bigint + coalesce(before.shift, 0);
    IF horizon <= coalesce(before.to_xact, 0) THEN
        RAISE EXCEPTION 'transactions of % begin anew below the last seal: rebase_audit', known
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    sealed := greatest(moment, before.sealed_at);
    PERFORM audit_close_days(known, (sealed AT TIME ZONE 'Asia/Tokyo')::date);
    EXECUTE format($query$
        SELECT count(*) AS rows, max(ARRAY[a.xact, a.id]) AS last,
               string_agg(<leaf>, ''::bytea ORDER BY a.xact, a.id) AS leaves
        FROM (SELECT * FROM %I.audit_auditentry e WHERE (e.xact, e.id) > ($1, $2) AND e.xact < $3
              ORDER BY e.xact, e.id LIMIT $4) a
    $query$, known) INTO found
    USING coalesce(before.to_xact, 0::bigint), coalesce(before.to_id, 0::bigint), horizon, most;
    IF found.rows = 0 THEN
        RETURN 0;
    END IF;
    upto := CASE WHEN found.rows < most THEN ARRAY[horizon - 1, 9223372036854775807] ELSE found.last END;
    EXECUTE format($query$
        INSERT INTO %I.audit_auditseal (id, sealed_at, to_xact, to_id, rows, shift, leaves, root, chain)
        SELECT $1, $2, $3, $4, $5, $6, $7, sha256($7), shared.audit_chain($8, $1, $2, $3, $4, $5, $6, sha256($7))
    $query$, known)
    USING coalesce(before.id, 0) + 1, sealed, upto[1], upto[2], found.rows, coalesce(before.shift, 0), found.leaves,
          coalesce(before.chain, ''::bytea);
    RETURN found.rows;
END
$$;
REVOKE ALL ON FUNCTION shared.audit_seal(text, timestamptz, integer) FROM PUBLIC;
"""
CHECK = """
CREATE OR REPLACE FUNCTION shared.audit_check(
    place text, first bigint, last bigint, OUT checked bigint, OUT block bigint, OUT fault text, OUT row_id bigint
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    known text := audit_place(place);
    before record;
    seal record;
    now_there record;
    number bigint := first;
BEGIN
    checked := 0;
    EXECUTE format('SELECT * FROM %I.audit_auditseal WHERE id = $1', known) INTO before USING first - 1;
    IF before.id IS NULL AND first > 1 THEN
        block := first - 1;
        fault := 'seal_removed';
        RETURN;
    END IF;
    WHILE number <= last LOOP
        block := number;
        EXECUTE format('SELECT * FROM %I.audit_auditseal WHERE id = $1', known) INTO seal USING number;
        IF seal.id IS NULL THEN
            fault := 'seal_removed';
            RETURN;
        END IF;
        EXECUTE format($query$
            SELECT count(*) AS rows, coalesce(string_agg(<leaf>, ''::bytea ORDER BY a.xact, a.id), '') AS leaves
            FROM %I.audit_auditentry a WHERE (a.xact, a.id) > ($1, $2) AND (a.xact, a.id) <= ($3, $4)
        $query$, known) INTO now_there
        USING coalesce(before.to_xact, 0::bigint), coalesce(before.to_id, 0::bigint), seal.to_xact, seal.to_id;
        checked := checked + now_there.rows;
        IF now_there.leaves <> seal.leaves THEN
            SELECT d.what, d.id INTO fault, row_id FROM audit_difference(seal.leaves, now_there.leaves) d;
            fault := coalesce(fault, 'order');
            RETURN;
        END IF;
        IF sha256(seal.leaves) <> seal.root OR seal.chain <> audit_chain(
            coalesce(before.chain, ''::bytea), seal.id, seal.sealed_at, seal.to_xact, seal.to_id, seal.rows, seal.shift,
            seal.root) THEN
            fault := 'seal_changed';
            RETURN;
        END IF;
        before := seal;
        number := number + 1;
    END LOOP;
    block := NULL;
END
$$;
REVOKE ALL ON FUNCTION shared.audit_check(text, bigint, bigint) FROM PUBLIC;
"""
DIFFERENCE = """
CREATE OR REPLACE FUNCTION shared.audit_leaves(leaves bytea) RETURNS TABLE (id bigint, hash bytea)
LANGUAGE sql IMMUTABLE SET search_path = shared, pg_temp AS $$
    SELECT ('x' || encode(substring(leaves FROM 40 * n + 1 FOR 8), 'hex'))::bit(64)::bigint,
           substring(leaves FROM 40 * n + 9 FOR 32)
    FROM generate_series(0, length(leaves) / 40 - 1) n
$$;
CREATE OR REPLACE FUNCTION shared.audit_difference(sealed bytea, present bytea) RETURNS TABLE (what text, id bigint)
LANGUAGE sql IMMUTABLE SET search_path = shared, pg_temp AS $$
    SELECT CASE WHEN p.id IS NULL THEN 'removed' WHEN s.id IS NULL THEN 'inserted' ELSE 'changed' END, id
    FROM shared.audit_leaves(sealed) s FULL JOIN shared.audit_leaves(present) p USING (id)
    WHERE s.hash IS DISTINCT FROM p.hash ORDER BY id LIMIT 1
$$;
REVOKE ALL ON FUNCTION shared.audit_leaves(bytea), shared.audit_difference(bytea, bytea) FROM PUBLIC;
"""
STATE = """
CREATE OR REPLACE FUNCTION shared.audit_state(
    place text, OUT blocks bigint, OUT sealed_rows bigint, OUT sealed_at timestamptz, OUT waiting bigint,
    OUT waiting_since timestamptz
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    known text := audit_place(place);
    upto record;
BEGIN
    EXECUTE format('SELECT id, s.sealed_at, to_xact, to_id FROM %I.audit_auditseal s ORDER BY id DESC LIMIT 1', known)
    INTO upto;
    blocks := coalesce(upto.id, 0);
    sealed_at := upto.sealed_at;
    EXECUTE format('SELECT coalesce(sum(rows), 0) FROM %I.audit_auditseal', known) INTO sealed_rows;
    EXECUTE format('SELECT count(*), min(a.at) FROM %I.audit_auditentry a WHERE (a.xact, a.id) > ($1, $2)', known)
    INTO waiting, waiting_since USING coalesce(upto.to_xact, 0::bigint), coalesce(upto.to_id, 0::bigint);
END
$$;
REVOKE ALL ON FUNCTION shared.audit_state(text) FROM PUBLIC;
"""
ROOT = """
CREATE OR REPLACE FUNCTION shared.audit_root(place text, block bigint) RETURNS bytea
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    known text := audit_place(place);
    found bytea;
BEGIN
    EXECUTE format('SELECT chain FROM %I.audit_auditseal WHERE id = $1', known) INTO found USING block;
    RETURN found;
END
$$;
REVOKE ALL ON FUNCTION shared.audit_root(text, bigint) FROM PUBLIC;
"""
REBASE = """
CREATE OR REPLACE FUNCTION shared.audit_rebase(place text, moment timestamptz) RETURNS bigint
LANGUAGE plpgsql SET search_path = shared, pg_temp AS $$
DECLARE
    known text := audit_place(place);
    before record;
    present bigint := pg_current_xact_id()::text::bigint;
    step bigint;
BEGIN
    EXECUTE format('SELECT * FROM %I.audit_auditseal ORDER BY id DESC LIMIT 1', known) INTO before;
    IF before.id IS NULL OR present + before.shift > before.to_xact THEN
        RETURN 0;
    END IF;
    EXECUTE format('LOCK TABLE %I.audit_auditentry IN EXCLUSIVE MODE', known);
    step := before.to_xact + 1 - pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
    EXECUTE format('ALTER TABLE %I.audit_auditentry ALTER COLUMN xact'
                   ' SET DEFAULT pg_current_xact_id()::text::bigint + %s', known, step);
    EXECUTE format($query$
        INSERT INTO %I.audit_auditseal (id, sealed_at, to_xact, to_id, rows, shift, leaves, root, chain)
        SELECT $1, $2, $3, $4, 0, $5, '', sha256(''), shared.audit_chain($6, $1, $2, $3, $4, 0, $5, sha256(''))
    $query$, known)
    USING before.id + 1, greatest(moment, before.sealed_at), before.to_xact, before.to_id, step, before.chain;
    RETURN step;
END
$$;
REVOKE ALL ON FUNCTION shared.audit_rebase(text, timestamptz) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("sealing", '0001_initial'), ("tenants", "0001_initial"), ("audit", "0004_seal")]  # fmt: skip

    operations = [
        migrations.RunSQL(statement.replace("<leaf>", LEAF), migrations.RunSQL.noop)
        for statement in (KNOWN, CHAIN, DAYS, SEAL, DIFFERENCE, CHECK, STATE, ROOT, REBASE)
    ]
