"""The database's functions that list and carry out a disposal, made from the declared kinds (``shared.retention``).

They are made anew at every provisioning, after the migrations: a column that came with a migration is in them. They run
as the owner, find out for themselves who calls, and touch nothing but what a confirmed disposal lists.
"""

# ruff: noqa: S608  # statements are made of constants in code

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.db import models

from shared.retention import Erase, Kind, Place, Run, Step, Wipe, holds_of, kinds, kinds_at

NOT_SAID: Final = "say in `keeps` or `sets` what becomes of {}"

PERIOD: Final = """
CREATE OR REPLACE FUNCTION shared.disposal_months(place text, kind text, day date) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $f$
    SELECT coalesce(
        (SELECT p.months FROM compliance_retentionperiod p WHERE p.kind = $2 AND p.tenant = $1 AND p.valid_from <= $3
         ORDER BY p.valid_from DESC LIMIT 1),
        (SELECT p.months FROM compliance_retentionperiod p WHERE p.kind = $2 AND p.tenant = '' AND p.valid_from <= $3
         ORDER BY p.valid_from DESC LIMIT 1),
        CASE $2 <defaults> END)
$f$;
REVOKE ALL ON FUNCTION shared.disposal_months(text, text, date) FROM PUBLIC;
"""
CALLER: Final = """
CREATE OR REPLACE FUNCTION shared.disposal_caller() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $f$
DECLARE
    acting text := CASE current_setting('role') WHEN 'none' THEN session_user ELSE current_setting('role') END;
    found text;
BEGIN
    SELECT schema_name INTO found FROM tenants_tenant WHERE 'tenant_' || schema_name = acting;
    IF found IS NULL AND acting = 'kashikan_city' THEN
        found := 'shared';
    END IF;
    IF found IS NULL THEN
        RAISE EXCEPTION 'neither a facility nor the city' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN found;
END
$f$;
REVOKE ALL ON FUNCTION shared.disposal_caller() FROM PUBLIC;
"""
DUE: Final = """
CREATE OR REPLACE FUNCTION shared.disposal_due_rows(place text, kind text, day date, months integer, among text[])
RETURNS TABLE (object text, number text, since date, held text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $f$
BEGIN
    <cases>
    RAISE EXCEPTION 'no such kind' USING ERRCODE = 'check_violation';
END
$f$;
REVOKE ALL ON FUNCTION shared.disposal_due_rows(text, text, date, integer, text[]) FROM PUBLIC;
"""
DUE_CASE: Final = """
    IF kind = '<code>' THEN
        RETURN QUERY EXECUTE replace(replace($q$
            SELECT d.object::text, d.number::text, d.since, CASE <holds> ELSE '' END
            FROM (<due>) d WHERE d.since + make_interval(months => $2) <= $1
              AND ($3 IS NULL OR d.object = ANY ($3::<key>[]))
        $q$, '{schema}', quote_ident(place)), '{tenant}', quote_literal(place)) USING day, months, among;
        RETURN;
    END IF;
"""
CARRY_OUT: Final = """
CREATE OR REPLACE FUNCTION shared.disposal_carry_out(place text, kind text, ids text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $f$
BEGIN
    <cases>
    RAISE EXCEPTION 'no such kind' USING ERRCODE = 'check_violation';
END
$f$;
REVOKE ALL ON FUNCTION shared.disposal_carry_out(text, text, text[]) FROM PUBLIC;
"""
STEP: Final = """
        EXECUTE replace(replace($q$<step>$q$, '{schema}', quote_ident(place)), '{tenant}', quote_literal(place))
        USING ids;
"""
STANDS: Final = """
CREATE OR REPLACE FUNCTION shared.disposal_stands(place text, kind text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = shared, pg_temp AS $f$
    SELECT kind = ANY (CASE WHEN place = 'shared' THEN ARRAY[<shared>]::text[] ELSE ARRAY[<tenant>]::text[] END)
$f$;
REVOKE ALL ON FUNCTION shared.disposal_stands(text, text) FROM PUBLIC;
"""
COUNTS: Final = """
CREATE OR REPLACE FUNCTION shared.disposal_counts_in(place text, day date)
RETURNS TABLE (tenant text, kind text, months integer, due bigint, held bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $f$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY[<kinds>]::text[] LOOP
        CONTINUE WHEN NOT disposal_stands(place, one);
        RETURN QUERY SELECT place, one, m.months, count(*) FILTER (WHERE r.held = ''),
                            count(*) FILTER (WHERE r.held <> '')
        FROM (SELECT disposal_months(place, one, day) AS months) m
        LEFT JOIN LATERAL disposal_due_rows(place, one, day, m.months, NULL) r ON true GROUP BY m.months;
    END LOOP;
END
$f$;
REVOKE ALL ON FUNCTION shared.disposal_counts_in(text, date) FROM PUBLIC;
CREATE OR REPLACE FUNCTION shared.disposal_counts(day date)
RETURNS TABLE (tenant text, kind text, months integer, due bigint, held bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $f$
    SELECT c.* FROM disposal_counts_in(disposal_caller(), $1) c WHERE disposal_caller() <> 'shared'
$f$;
REVOKE ALL ON FUNCTION shared.disposal_counts(date) FROM PUBLIC;
CREATE OR REPLACE FUNCTION shared.city_disposal_counts(day date)
RETURNS TABLE (tenant text, kind text, months integer, due bigint, held bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $f$
    SELECT c.* FROM (SELECT schema_name::text AS place FROM tenants_tenant UNION ALL SELECT 'shared') t
    CROSS JOIN LATERAL disposal_counts_in(t.place, $1) c WHERE disposal_caller() = 'shared'
$f$;
REVOKE ALL ON FUNCTION shared.city_disposal_counts(date) FROM PUBLIC;
"""
LIST: Final = """
CREATE OR REPLACE FUNCTION shared.disposal_list(disposal uuid, moment timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $f$
DECLARE
    caller text := disposal_caller();
    one record;
    span integer;
    found record;
BEGIN
    SELECT * INTO one FROM compliance_disposal d WHERE d.id = disposal AND d.tenant = caller FOR UPDATE;
    IF one.id IS NULL OR one.listed_at IS NOT NULL OR one.decision <> '' THEN
        RAISE EXCEPTION 'nothing to list' USING ERRCODE = 'check_violation';
    END IF;
    IF one.due_on > (now() AT TIME ZONE 'Asia/Tokyo')::date OR NOT disposal_stands(one.tenant, one.kind) THEN
        RAISE EXCEPTION 'not due' USING ERRCODE = 'check_violation';
    END IF;
    span := disposal_months(one.tenant, one.kind, one.due_on);
    INSERT INTO compliance_disposalitem (disposal_id, tenant, object, number, since, held, outcome, why)
    SELECT one.id, one.tenant, r.object, coalesce(r.number, ''), r.since, r.held, '', ''
    FROM disposal_due_rows(one.tenant, one.kind, one.due_on, span, NULL) r ORDER BY r.since, r.object;
    SELECT count(*) FILTER (WHERE held = '') AS due, count(*) FILTER (WHERE held <> '') AS held INTO found
    FROM compliance_disposalitem i WHERE i.disposal_id = one.id;
    UPDATE compliance_disposal d SET listed_at = moment, months = span, listed = found.due, held = found.held
    WHERE d.id = one.id;
    RETURN found.due;
END
$f$;
REVOKE ALL ON FUNCTION shared.disposal_list(uuid, timestamptz) FROM PUBLIC;
CREATE OR REPLACE FUNCTION shared.city_disposal_list(disposal uuid, moment timestamptz) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = shared, pg_temp AS $f$ SELECT disposal_list($1, $2) $f$;
REVOKE ALL ON FUNCTION shared.city_disposal_list(uuid, timestamptz) FROM PUBLIC;
"""
"""A facility lists its own and the city its own: whoever keeps the rows. What the city asks of a facility, a task lists
as that facility."""
RUN: Final = """
CREATE OR REPLACE FUNCTION shared.disposal_run(
    disposal uuid, most integer, moment timestamptz, OUT done bigint, OUT dropped bigint, OUT waiting bigint
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $f$
DECLARE
    caller text := disposal_caller();
    one record;
    batch text[];
    good text[];
    kept text[];
    because text[];
BEGIN
    SELECT * INTO one FROM compliance_disposal d WHERE d.id = disposal AND d.tenant = caller FOR UPDATE;
    IF one.id IS NULL OR one.decision <> 'confirmed' OR one.done_at IS NOT NULL
       OR one.execute_on > (moment AT TIME ZONE 'Asia/Tokyo')::date
       OR one.execute_on > (now() AT TIME ZONE 'Asia/Tokyo')::date THEN
        RAISE EXCEPTION 'no disposal is confirmed' USING ERRCODE = 'check_violation';
    END IF;
    SELECT coalesce(array_agg(i.object), '{}') INTO batch FROM (
        SELECT object FROM compliance_disposalitem WHERE disposal_id = one.id AND held = '' AND outcome = ''
        ORDER BY id LIMIT most) i;
    SELECT coalesce(array_agg(r.object) FILTER (WHERE r.held = ''), '{}'),
           array_agg(r.object) FILTER (WHERE r.held <> ''), array_agg(r.held) FILTER (WHERE r.held <> '')
    INTO good, kept, because
    FROM disposal_due_rows(one.tenant, one.kind, one.due_on, one.months, batch) r;
    UPDATE compliance_disposalitem i SET outcome = 'dropped',
        why = coalesce(because[array_position(kept, i.object)], 'gone')
    WHERE i.disposal_id = one.id AND i.object = ANY (batch) AND NOT i.object = ANY (good);
    GET DIAGNOSTICS dropped = ROW_COUNT;
    IF cardinality(good) > 0 THEN
        PERFORM disposal_carry_out(one.tenant, one.kind, good);
    END IF;
    UPDATE compliance_disposalitem i SET outcome = 'done' WHERE i.disposal_id = one.id AND i.object = ANY (good);
    done := cardinality(good);
    SELECT count(*) INTO waiting FROM compliance_disposalitem i
    WHERE i.disposal_id = one.id AND i.held = '' AND i.outcome = '';
    UPDATE compliance_disposal d SET started_at = coalesce(d.started_at, moment), done = d.done + disposal_run.done,
        dropped = d.dropped + disposal_run.dropped, done_at = CASE WHEN disposal_run.waiting = 0 THEN moment END
    WHERE d.id = one.id;
END
$f$;
REVOKE ALL ON FUNCTION shared.disposal_run(uuid, integer, timestamptz) FROM PUBLIC;
CREATE OR REPLACE FUNCTION shared.city_disposal_run(
    disposal uuid, most integer, moment timestamptz, OUT done bigint, OUT dropped bigint, OUT waiting bigint
) LANGUAGE sql SECURITY DEFINER SET search_path = shared, pg_temp AS $f$ SELECT * FROM disposal_run($1, $2, $3) $f$;
REVOKE ALL ON FUNCTION shared.city_disposal_run(uuid, integer, timestamptz) FROM PUBLIC;
"""


def statements() -> list[str]:
    """The functions, in an order in which each finds the ones that it calls."""
    every = kinds()
    defaults = " ".join(f"WHEN '{code}' THEN {kind.months}" for code, kind in every.items())
    return [
        PERIOD.replace("<defaults>", defaults),
        CALLER,
        STANDS.replace("<shared>", _codes(kinds_at(Place.SHARED))).replace("<tenant>", _codes(kinds_at(Place.TENANT))),
        DUE.replace("<cases>", "".join(_due_case(kind) for kind in every.values())),
        CARRY_OUT.replace("<cases>", "".join(_carry_case(kind) for kind in every.values())),
        COUNTS.replace("<kinds>", _codes(every)),
        LIST,
        RUN,
    ]


def wiped(step: Wipe) -> dict[str, str]:
    """Column -> SQL of what stands there afterwards. ``LookupError`` for one that nobody spoke of and nothing fits."""
    model = apps.get_model(step.model)
    fields = [one for one in model._meta.concrete_fields if not one.primary_key and one.name not in step.keeps]
    return {one.column: step.sets.get(one.name) or _nothing(one) for one in fields}


def _nothing(field: models.Field[Any, Any]) -> str:
    if field.null:
        return "NULL"
    if field.is_relation or getattr(field, "choices", None):
        raise LookupError(NOT_SAID.format(field))
    match field.get_internal_type():
        case "CharField" | "TextField":
            return "''"
        case "JSONField":
            return "'{}'::jsonb"
        case "ArrayField":
            return "'{}'"
        case _:
            raise LookupError(NOT_SAID.format(field))


def _codes(of: dict[str, Kind]) -> str:
    return ", ".join(f"'{code}'" for code in of)


def _due_case(kind: Kind) -> str:
    holds = " ".join(f"WHEN {hold.when} THEN '{hold.code}'" for hold in holds_of(kind)) or "WHEN false THEN ''"
    filled = DUE_CASE.replace("<code>", kind.code).replace("<key>", kind.key)
    return filled.replace("<holds>", holds).replace("<due>", kind.due)


def _carry_case(kind: Kind) -> str:
    texts = [text.replace("{ids}", f"$1::{kind.key}[]") for text in _texts(kind) if text]
    steps = "".join(STEP.replace("<step>", text) for text in texts)
    return f"\n    IF kind = '{kind.code}' THEN{steps}        RETURN;\n    END IF;"


def _texts(kind: Kind) -> Iterator[str]:
    for step in kind.steps:
        yield step.statement if isinstance(step, Run) else _text(step)


def _text(step: Step) -> str:
    assert not isinstance(step, Run)  # noqa: S101  # for the types
    model = apps.get_model(step.model)
    table = f"{_schema(model)}.{model._meta.db_table}"
    if isinstance(step, Erase):
        return f"DELETE FROM {table} WHERE {step.where}"
    sets = ", ".join(f'"{column}" = {value}' for column, value in wiped(step).items())
    return f"UPDATE {table} SET {sets} WHERE {step.where}" if sets else ""


def _schema(model: type[models.Model]) -> str:
    config = apps.get_app_config(model._meta.app_label)
    return "{schema}" if config.name in settings.TENANT_APPS else "shared"
