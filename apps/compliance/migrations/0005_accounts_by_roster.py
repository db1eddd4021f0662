"""What the city does with accounts in a facility's schema, and what the facility may do by itself: switch off.

Every function runs as the owner and writes the audit of both sides in the same transaction. Who is behind it is checked
here again: an officer of 情報政策, an approved row of the roster. A refusal is a word, never an exception.
"""

from django.db import migrations

OFFICER = """
CREATE OR REPLACE FUNCTION shared.staff_officer(officer uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
    SELECT EXISTS (SELECT FROM staff_staffaccount
                   WHERE id = officer AND is_active AND 'systems' = ANY (roles)
                     AND coalesce(starts_on, '-infinity') <= (now() AT TIME ZONE 'Asia/Tokyo')::date
                     AND coalesce(ends_on, 'infinity') >= (now() AT TIME ZONE 'Asia/Tokyo')::date)
$$;
"""
PLACE = """
CREATE OR REPLACE FUNCTION shared.staff_place(place text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
    SELECT EXISTS (SELECT FROM tenants_tenant WHERE schema_name = place)
$$;
"""
TRACE = """
CREATE OR REPLACE FUNCTION shared.staff_trace(
    place text, kind text, who uuid, what text, account uuid, why text, detail jsonb, address inet, request text
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    side text;
    held varchar[];
BEGIN
    EXECUTE format('SELECT roles FROM %I.staff_staffaccount WHERE id = $1', CASE kind WHEN 'staff' THEN place
                                                                            ELSE 'shared' END)
    INTO held USING who;
    FOREACH side IN ARRAY ARRAY[place, 'shared'] LOOP
        EXECUTE format('INSERT INTO %I.audit_auditentry (at, actor_kind, actor_id, action, object_type, object_id,'
                       ' purpose, detail, address, request_id, roles) VALUES (now(), $1, $2, $3, ''account'', $4, $5,'
                       ' $6, $7, $8, $9)', side)
        USING kind, who, what, coalesce(account::text, ''), left(coalesce(why, ''), 200),
              jsonb_strip_nulls(detail || CASE side WHEN 'shared' THEN jsonb_build_object('tenant', place)
                                          ELSE '{}' END), address, left(coalesce(request, ''), 32),
              coalesce(held, '{}');
    END LOOP;
END
$$;
"""
GRANT = """
CREATE OR REPLACE FUNCTION shared.staff_grant(
    officer uuid, row_id uuid, password text, until timestamptz, address inet, request text,
    OUT login text, OUT refusal text
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    found record;
    sent record;
    prefix text;
    number integer;
    taken boolean := true;
    made uuid := gen_random_uuid();
BEGIN
    SELECT * INTO found FROM compliance_rosterrow r WHERE r.id = row_id FOR UPDATE;
    SELECT * INTO sent FROM compliance_rostersubmission s WHERE s.id = found.submission_id;
    refusal := CASE
        WHEN NOT staff_officer(officer) THEN 'role'
        WHEN found.id IS NULL OR sent.tenant <> found.tenant OR NOT staff_place(found.tenant) THEN 'row'
        WHEN sent.state <> 'approved' THEN 'not_approved'
        WHEN sent.kind NOT IN ('first', 'addition') THEN 'kind'
        WHEN found.account IS NOT NULL THEN 'granted'
        WHEN NOT found.roles <@ ARRAY['reception', 'accounting', 'facility_manager', 'card_officer',
                                      'privacy_officer']::varchar[] OR cardinality(found.roles) = 0 THEN 'roles'
        WHEN coalesce(password, '') !~ '^[a-z0-9_]+[$].{20}' OR until IS NULL THEN 'password'
    END;
    IF refusal IS NOT NULL THEN
        RETURN;
    END IF;
    SELECT lower(number_prefix) INTO prefix FROM tenants_tenant WHERE schema_name = found.tenant;
    WHILE taken LOOP
        INSERT INTO compliance_loginseries AS n (tenant, last) VALUES (found.tenant, 1)
        ON CONFLICT (tenant) DO UPDATE SET last = n.last + 1 RETURNING n.last INTO number;
        login := prefix || lpad(number::text, 4, '0');
        EXECUTE format('SELECT EXISTS (SELECT FROM %I.staff_staffaccount WHERE login_id = $1)', found.tenant)
        INTO taken USING login;
    END LOOP;
    EXECUTE format('INSERT INTO %I.staff_staffaccount (id, login_id, name, password, roles, is_active, created_at,'
                   ' body, title, starts_on, ends_on, suspended_why, one_time_until)'
                   ' VALUES ($1, $2, $3, $4, $5, true, now(), $6, $7, $8, $9, '''', $10)', found.tenant)
    USING made, login, found.name, password, found.roles, found.body, found.title, found.starts_on, found.ends_on,
          until;
    UPDATE compliance_rosterrow r SET account = made, login_id = login, granted_at = now(), granted_by = officer,
                                      prints = 1
    WHERE r.id = row_id;
    PERFORM staff_trace(found.tenant, 'city', officer, 'permission', made, '',
                        jsonb_build_object('act', 'grant', 'row', row_id, 'roles', found.roles), address, request);
END
$$;
"""
CHANGE = """
CREATE OR REPLACE FUNCTION shared.staff_change(officer uuid, row_id uuid, address inet, request text)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    found record;
    sent record;
    refusal text;
    changed integer;
BEGIN
    SELECT * INTO found FROM compliance_rosterrow r WHERE r.id = row_id FOR UPDATE;
    SELECT * INTO sent FROM compliance_rostersubmission s WHERE s.id = found.submission_id;
    refusal := CASE
        WHEN NOT staff_officer(officer) THEN 'role'
        WHEN found.id IS NULL OR sent.tenant <> found.tenant OR NOT staff_place(found.tenant) THEN 'row'
        WHEN sent.state <> 'approved' THEN 'not_approved'
        WHEN sent.kind <> 'change' OR found.change NOT IN ('transfer', 'role', 'leave', 'return') THEN 'kind'
        WHEN found.granted_at IS NOT NULL THEN 'granted'
        WHEN NOT found.roles <@ ARRAY['reception', 'accounting', 'facility_manager', 'card_officer',
                                      'privacy_officer']::varchar[] OR cardinality(found.roles) = 0 THEN 'roles'
    END;
    IF refusal IS NOT NULL THEN
        RETURN refusal;
    END IF;
    EXECUTE format('UPDATE %I.staff_staffaccount SET roles = $2, title = $3, body = $4, ends_on = $5,'
                   ' is_active = CASE $6 WHEN ''leave'' THEN false WHEN ''return'' THEN true ELSE is_active END,'
                   ' suspended_at = CASE $6 WHEN ''leave'' THEN now() WHEN ''return'' THEN NULL ELSE suspended_at END,'
                   ' suspended_why = CASE $6 WHEN ''leave'' THEN ''leave'' WHEN ''return'' THEN '''''
                   ' ELSE suspended_why END,'
                   ' confirmed_at = CASE $6 WHEN ''return'' THEN now() ELSE confirmed_at END WHERE id = $1',
                   found.tenant)
    USING found.account, found.roles, found.title, found.body, found.ends_on, found.change;
    GET DIAGNOSTICS changed = ROW_COUNT;
    IF changed = 0 THEN
        RETURN 'account';
    END IF;
    UPDATE compliance_rosterrow r SET granted_at = now(), granted_by = officer WHERE r.id = row_id;
    PERFORM staff_trace(found.tenant, 'city', officer, 'permission', found.account, '',
                        jsonb_build_object('act', found.change, 'row', row_id, 'roles', found.roles), address, request);
    RETURN NULL;
END
$$;
"""
RESET = """
CREATE OR REPLACE FUNCTION shared.staff_reset(
    officer uuid, row_id uuid, password text, until timestamptz, address inet, request text,
    OUT login text, OUT refusal text
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    found record;
    sent record;
BEGIN
    SELECT * INTO found FROM compliance_rosterrow r WHERE r.id = row_id FOR UPDATE;
    SELECT * INTO sent FROM compliance_rostersubmission s WHERE s.id = found.submission_id;
    refusal := CASE
        WHEN NOT staff_officer(officer) THEN 'role'
        WHEN found.id IS NULL OR sent.tenant <> found.tenant OR NOT staff_place(found.tenant) THEN 'row'
        WHEN sent.kind = 'password' AND sent.state NOT IN ('submitted', 'approved') THEN 'not_approved'
        WHEN sent.kind IN ('first', 'addition') AND found.granted_at IS NULL THEN 'not_granted'
        WHEN sent.kind NOT IN ('first', 'addition', 'password') THEN 'kind'
        WHEN found.received_at IS NOT NULL THEN 'received'
        WHEN coalesce(password, '') !~ '^[a-z0-9_]+[$].{20}' OR until IS NULL THEN 'password'
    END;
    IF refusal IS NOT NULL THEN
        RETURN;
    END IF;
    EXECUTE format('UPDATE %I.staff_staffaccount SET password = $2, one_time_until = $3 WHERE id = $1 AND is_active'
                   ' RETURNING login_id', found.tenant)
    INTO login USING found.account, password, until;
    IF login IS NULL THEN
        refusal := 'account';
        RETURN;
    END IF;
    UPDATE compliance_rosterrow r
    SET prints = r.prints + 1, granted_at = coalesce(r.granted_at, now()), granted_by = officer, login_id = login
    WHERE r.id = row_id;
    IF sent.state = 'submitted' THEN
        UPDATE compliance_rostersubmission s SET state = 'approved', decided_at = now(), decided_by = officer
        WHERE s.id = sent.id;
    END IF;
    PERFORM staff_trace(found.tenant, 'city', officer, 'permission', found.account, '',
                        jsonb_build_object('act', 'reset_password', 'row', row_id), address, request);
END
$$;
"""
SUSPEND = """
CREATE OR REPLACE FUNCTION shared.staff_suspend(
    officer uuid, place text, account uuid, why text, note text, address inet, request text
) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    refusal text;
    changed integer;
BEGIN
    refusal := CASE
        WHEN officer IS NOT NULL AND NOT staff_officer(officer) THEN 'role'
        WHEN why NOT IN ('recount', 'unused', 'city') OR why IS NULL THEN 'why'
        WHEN officer IS NULL AND why = 'city' THEN 'role'
        WHEN place IS NULL OR NOT staff_place(place) THEN 'row'
    END;
    IF refusal IS NOT NULL THEN
        RETURN refusal;
    END IF;
    EXECUTE format('UPDATE %I.staff_staffaccount SET is_active = false, suspended_at = now(), suspended_why = $2'
                   ' WHERE id = $1 AND is_active', place)
    USING account, why;
    GET DIAGNOSTICS changed = ROW_COUNT;
    IF changed = 0 THEN
        RETURN 'account';
    END IF;
    PERFORM staff_trace(place, CASE WHEN officer IS NULL THEN 'system' ELSE 'city' END, officer, 'permission', account,
                        note, jsonb_build_object('act', 'suspend', 'why', why), address, request);
    RETURN NULL;
END
$$;
"""
SWITCH_OFF = """
CREATE OR REPLACE FUNCTION shared.staff_switch_off(clerk uuid, account uuid, why text, address inet, request text)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    me text := senior_caller();
    is_manager boolean;
    changed integer;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.staff_staffaccount'
                   ' WHERE id = $1 AND is_active AND ''facility_manager'' = ANY (roles))', me)
    INTO is_manager USING clerk;
    IF NOT is_manager THEN
        RETURN 'role';
    ELSIF why NOT IN ('leaving', 'emergency') OR why IS NULL THEN
        RETURN 'why';
    END IF;
    EXECUTE format('UPDATE %I.staff_staffaccount SET is_active = false, suspended_at = now(), suspended_why = $2'
                   ' WHERE id = $1 AND is_active', me)
    USING account, why;
    GET DIAGNOSTICS changed = ROW_COUNT;
    IF changed = 0 THEN
        RETURN 'account';
    END IF;
    PERFORM staff_trace(me, 'staff', clerk, 'permission', account, '',
                        jsonb_build_object('act', 'suspend', 'why', why), address, request);
    RETURN NULL;
END
$$;
"""
RECEIVED = """
CREATE OR REPLACE FUNCTION shared.staff_received(account uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    me text := senior_caller();
    changed integer;
BEGIN
    UPDATE compliance_rosterrow r SET received_at = now()
    WHERE r.tenant = me AND r.account = staff_received.account AND r.granted_at IS NOT NULL AND r.received_at IS NULL;
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed;
END
$$;
"""
FUNCTIONS = (OFFICER, PLACE, TRACE, GRANT, CHANGE, RESET, SUSPEND, SWITCH_OFF, RECEIVED)


class Migration(migrations.Migration):
    dependencies = [
        ("compliance", "0004_roster"),
        ("audit", "0003_who_and_whom"),
        ("seniorcards", "0007_other_holder"),
        ("staff", "0004_keeping"),
        ("tenants", "0004_known_prefix"),
    ]

    operations = [migrations.RunSQL(function, migrations.RunSQL.noop) for function in FUNCTIONS]
