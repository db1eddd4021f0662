"""The checklist to begin with, the function that makes a month, and what neither side may do by any statement."""

from typing import Any

from django.db import migrations

from apps.compliance.rules.monitoring.seed import SEEDS

CALLER = """
CREATE OR REPLACE FUNCTION shared.monitoring_caller() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    acting text := current_setting('role');
    found text;
BEGIN
    SELECT schema_name INTO found FROM tenants_tenant
    WHERE 'tenant_' || schema_name = CASE acting WHEN 'none' THEN session_user ELSE acting END;
    IF found IS NULL THEN
        RAISE EXCEPTION 'only a tenant opens its month' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN found;
END
$$;
"""
OPEN = """
CREATE OR REPLACE FUNCTION shared.monitoring_open(wanted date) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    me text := monitoring_caller();
    last_day date := (date_trunc('month', wanted) + interval '1 month - 1 day')::date;
    made uuid;
BEGIN
    IF wanted <> date_trunc('month', wanted)::date OR last_day >= (now() AT TIME ZONE 'Asia/Tokyo')::date THEN
        RAISE EXCEPTION 'a month is opened when it is over' USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO compliance_monitoringmonth (
        id, tenant, month, fiscal_year, operator, made_at, made_xid, state, version, complaint_text, accident_text,
        survey_text, facility_note, checker, city_note, computed_grade, grade, grade_reasons, override_reason)
    VALUES (
        gen_random_uuid(), me, wanted, extract(year FROM wanted - interval '3 months'),
        coalesce((SELECT o.name FROM tenants_operatorassignment a JOIN tenants_operator o ON o.id = a.operator_id
                  JOIN tenants_tenant t ON t.id = a.tenant_id
                  WHERE t.schema_name = me AND a.during @> last_day), ''),
        now(), pg_current_xact_id()::text::bigint, 'self_check', 1, '', '', '', '', '', '', '', '', '[]', '')
    ON CONFLICT (tenant, month) DO NOTHING
    RETURNING id INTO made;
    IF made IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO compliance_monitoringresult (
        month_id, tenant, code, version, category, position, text, method, evidence, filled_by, facts, is_required,
        own_result, own_note, city_result, city_note)
    SELECT made, me, code, version, category, position, text, method, evidence, filled_by, facts, is_required,
           '', '', '', ''
    FROM (SELECT DISTINCT ON (code) * FROM compliance_monitoringitem ORDER BY code, version DESC) newest
    WHERE is_on ORDER BY position, code;
    INSERT INTO compliance_monitoringact (month_id, tenant, at, side, act, note, snapshot)
    VALUES (made, me, now(), 'system', 'made', '', '{}');
    RETURN made;
END
$$;
"""
ITEM = """
CREATE OR REPLACE FUNCTION shared.monitoring_guard_item() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    first record;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'a version of an item is never changed or deleted' USING ERRCODE = 'check_violation';
    END IF;
    SELECT text, category INTO first FROM shared.compliance_monitoringitem WHERE code = NEW.code AND version = 1;
    IF NEW.is_required AND FOUND AND (first.text, first.category) IS DISTINCT FROM (NEW.text, NEW.category) THEN
        RAISE EXCEPTION 'the text of a required item stays' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER an_item_stays BEFORE INSERT OR UPDATE OR DELETE ON shared.compliance_monitoringitem
FOR EACH ROW EXECUTE FUNCTION shared.monitoring_guard_item();
CREATE TRIGGER the_items_stay BEFORE TRUNCATE ON shared.compliance_monitoringitem
FOR EACH STATEMENT EXECUTE FUNCTION shared.monitoring_guard_item();
"""
MONTH = """
CREATE OR REPLACE FUNCTION shared.monitoring_guard_month() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    step text := OLD.state || '>' || NEW.state;
    by_city boolean := current_user = 'kashikan_city';
    allowed text[] := CASE WHEN by_city
        THEN '{reported>reported,improving>improving,planned>planned,reported>self_check,reported>improving,'
             'reported>closed,improving>reported,planned>improving,planned>reported,planned>closed,closed>reported}'
        ELSE '{self_check>self_check,self_check>reported,improving>planned}' END;
BEGIN
    IF NOT by_city AND current_user NOT LIKE 'tenant\\_%' THEN
        RETURN NEW;
    END IF;
    IF step <> ALL (allowed) THEN
        RAISE EXCEPTION 'not this side''s step: %', step USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.state <> 'self_check' AND
        (OLD.reported_at, OLD.complaints, OLD.complaint_text, OLD.accidents, OLD.accident_text, OLD.survey_text,
         OLD.facility_note) IS DISTINCT FROM
        (NEW.reported_at, NEW.complaints, NEW.complaint_text, NEW.accidents, NEW.accident_text, NEW.survey_text,
         NEW.facility_note) THEN
        RAISE EXCEPTION 'a report that was handed in stays' USING ERRCODE = 'check_violation';
    END IF;
    IF step = 'improving>planned' AND EXISTS (
        SELECT FROM shared.compliance_monitoringfinding f
        WHERE f.month_id = NEW.id AND f.state IN ('asked', 'returned')) THEN
        RAISE EXCEPTION 'a finding has no plan' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state = 'closed' AND (
        EXISTS (SELECT FROM shared.compliance_monitoringfinding f
                WHERE f.month_id = NEW.id AND f.state IN ('asked', 'planned', 'returned'))
        OR EXISTS (SELECT FROM shared.compliance_monitoringresult r
                   WHERE r.month_id = NEW.id AND r.city_result = '')) THEN
        RAISE EXCEPTION 'a month with open ends is not closed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER each_side_its_step BEFORE UPDATE ON shared.compliance_monitoringmonth
FOR EACH ROW EXECUTE FUNCTION shared.monitoring_guard_month();
"""
RESULT = """
CREATE OR REPLACE FUNCTION shared.monitoring_guard_result() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    standing text := (SELECT state FROM shared.compliance_monitoringmonth WHERE id = OLD.month_id);
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an item of a month is never deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF current_user LIKE 'tenant\\_%' AND standing IS DISTINCT FROM 'self_check'
        OR current_user = 'kashikan_city' AND standing NOT IN ('reported', 'improving', 'planned') THEN
        RAISE EXCEPTION 'not this side''s turn' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER each_side_in_its_turn BEFORE UPDATE OR DELETE ON shared.compliance_monitoringresult
FOR EACH ROW EXECUTE FUNCTION shared.monitoring_guard_result();
"""
FINDING = """
CREATE OR REPLACE FUNCTION shared.monitoring_guard_finding() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    step text := OLD.state || '>' || NEW.state;
BEGIN
    IF current_user LIKE 'tenant\\_%' AND step <> ALL ('{asked>planned,returned>planned}'::text[])
        OR current_user = 'kashikan_city' AND step <> ALL (
            '{asked>asked,asked>withdrawn,returned>withdrawn,returned>returned,planned>returned,planned>confirmed,'
            'planned>withdrawn}'::text[]) THEN
        RAISE EXCEPTION 'not this side''s step: %', step USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER each_side_its_step BEFORE UPDATE ON shared.compliance_monitoringfinding
FOR EACH ROW EXECUTE FUNCTION shared.monitoring_guard_finding();
"""
PART = """
CREATE OR REPLACE FUNCTION shared.monitoring_guard_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whole record;
    row jsonb := to_jsonb(NEW);
BEGIN
    SELECT tenant, state, made_xid INTO whole FROM shared.compliance_monitoringmonth WHERE id = NEW.month_id;
    IF whole.tenant IS DISTINCT FROM NEW.tenant THEN
        RAISE EXCEPTION 'not of this month' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_TABLE_NAME = 'compliance_monitoringfact' AND whole.made_xid <> pg_current_xact_id()::text::bigint THEN
        RAISE EXCEPTION 'figures are written when the month is made' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_TABLE_NAME = 'compliance_monitoringact' AND (
        current_user LIKE 'tenant\\_%' AND row ->> 'side' <> 'facility'
        OR current_user = 'kashikan_city' AND row ->> 'side' NOT IN ('city', 'system')) THEN
        RAISE EXCEPTION 'not this side''s act' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_TABLE_NAME IN ('compliance_monitoringfinding', 'compliance_monitoringphoto') THEN
        IF whole.state NOT IN ('reported', 'improving', 'planned') THEN
            RAISE EXCEPTION 'not the city''s turn' USING ERRCODE = 'check_violation';
        END IF;
        IF row ->> 'result_id' IS NOT NULL AND NOT EXISTS (
            SELECT FROM shared.compliance_monitoringresult r
            WHERE r.id = (row ->> 'result_id')::bigint AND r.month_id = NEW.month_id) THEN
            RAISE EXCEPTION 'not an item of this month' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END
$$;
"""
PHOTO = """
CREATE OR REPLACE FUNCTION shared.monitoring_guard_photo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.removed_at IS NOT NULL OR NEW.removed_at IS NULL OR length(NEW.content) > 0 THEN
        RAISE EXCEPTION 'a photograph is only ever taken away' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER a_photo_stays BEFORE UPDATE ON shared.compliance_monitoringphoto
FOR EACH ROW EXECUTE FUNCTION shared.monitoring_guard_photo();
"""
PARTS = "".join(
    f"CREATE TRIGGER of_its_month BEFORE INSERT ON shared.compliance_monitoring{part}"
    " FOR EACH ROW EXECUTE FUNCTION shared.monitoring_guard_part();"
    for part in ("fact", "act", "finding", "photo")
)


def seed(apps: Any, schema_editor: Any) -> None:
    """Version 1 of every item."""
    from kernel import clock

    item = apps.get_model("compliance", "MonitoringItem")
    item.objects.using(schema_editor.connection.alias).bulk_create(
        item(
            code=one.code,
            version=1,
            category=one.category,
            position=10 * place,
            text=one.text,
            method=one.method,
            evidence=one.evidence,
            filled_by=one.source,
            facts=list(one.facts),
            is_required=one.is_required,
            changed_at=clock.now(),
        )
        for place, one in enumerate(SEEDS, start=1)
    )


class Migration(migrations.Migration):
    dependencies = [("compliance", '0016_monitoring'), ("tenants", "0001_initial")]  # fmt: skip

    operations = [
        migrations.RunPython(seed, migrations.RunPython.noop),
        *(
            migrations.RunSQL(sql, migrations.RunSQL.noop)
            for sql in (CALLER, OPEN, ITEM, MONTH, RESULT, FINDING, PART, PHOTO, PARTS)
        ),
    ]
