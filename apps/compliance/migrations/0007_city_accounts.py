"""The city's own IDs: made and changed by functions that let nobody touch the own one; somebody of 情報政策 remains."""

from django.db import migrations

OPEN = """
CREATE OR REPLACE FUNCTION shared.city_account_open(
    officer uuid, name text, title text, roles text[], password text, until timestamptz, address inet, request text,
    OUT login text, OUT refusal text
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    number integer;
    taken boolean := true;
    made uuid := gen_random_uuid();
BEGIN
    refusal := CASE
        WHEN NOT staff_officer(officer) THEN 'role'
        WHEN NOT coalesce(roles, '{}') <@ ARRAY['department', 'general', 'systems', 'auditor']
            OR coalesce(cardinality(roles), 0) = 0 OR coalesce(name, '') = '' THEN 'roles'
        WHEN coalesce(password, '') !~ '^[a-z0-9_]+[$].{20}' OR until IS NULL THEN 'password'
    END;
    IF refusal IS NOT NULL THEN
        RETURN;
    END IF;
    WHILE taken LOOP
        INSERT INTO compliance_loginseries AS n (tenant, last) VALUES ('shared', 1)
        ON CONFLICT (tenant) DO UPDATE SET last = n.last + 1 RETURNING n.last INTO number;
        login := 'city' || lpad(number::text, 4, '0');
        SELECT EXISTS (SELECT FROM staff_staffaccount s WHERE s.login_id = login) INTO taken;
    END LOOP;
    INSERT INTO staff_staffaccount (id, login_id, name, password, roles, is_active, created_at, body, title,
                                    suspended_why, one_time_until)
    VALUES (made, login, name, password, roles, true, now(), '', coalesce(title, ''), '', until);
    PERFORM city_account_trace(officer, made, jsonb_build_object('act', 'grant', 'roles', roles), address, request);
END
$$;
"""
TRACE = """
CREATE OR REPLACE FUNCTION shared.city_account_trace(
    officer uuid, account uuid, detail jsonb, address inet, request text
) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
    INSERT INTO audit_auditentry (at, actor_kind, actor_id, action, object_type, object_id, purpose, detail, address,
                                  request_id, roles)
    VALUES (now(), 'city', officer, 'permission', 'account', account::text, '', detail, address,
            left(coalesce(request, ''), 32),
            coalesce((SELECT s.roles FROM staff_staffaccount s WHERE s.id = officer), '{}'))
$$;
"""
CHANGE = """
CREATE OR REPLACE FUNCTION shared.city_account_change(
    officer uuid, account uuid, roles text[], active boolean, address inet, request text
) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    refusal text;
    changed integer;
BEGIN
    refusal := CASE
        WHEN NOT staff_officer(officer) THEN 'role'
        WHEN officer = account THEN 'own'
        WHEN NOT coalesce(roles, '{}') <@ ARRAY['department', 'general', 'systems', 'auditor']
            OR coalesce(cardinality(roles), 0) = 0 THEN 'roles'
        WHEN active IS NULL THEN 'roles'
    END;
    IF refusal IS NOT NULL THEN
        RETURN refusal;
    END IF;
    BEGIN
        UPDATE staff_staffaccount s
        SET roles = city_account_change.roles, is_active = active,
            suspended_at = CASE WHEN active THEN NULL ELSE coalesce(s.suspended_at, now()) END,
            suspended_why = CASE WHEN active THEN '' ELSE 'city' END
        WHERE s.id = account;
        GET DIAGNOSTICS changed = ROW_COUNT;
    EXCEPTION WHEN integrity_constraint_violation THEN
        RETURN 'last';
    END;
    IF changed = 0 THEN
        RETURN 'account';
    END IF;
    PERFORM city_account_trace(officer, account, jsonb_build_object('act', 'change', 'roles', roles, 'active', active),
                               address, request);
    RETURN NULL;
END
$$;
"""
RESET = """
CREATE OR REPLACE FUNCTION shared.city_account_reset(
    officer uuid, account uuid, password text, until timestamptz, address inet, request text,
    OUT login text, OUT refusal text
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    refusal := CASE
        WHEN NOT staff_officer(officer) THEN 'role'
        WHEN officer = account THEN 'own'
        WHEN coalesce(password, '') !~ '^[a-z0-9_]+[$].{20}' OR until IS NULL THEN 'password'
    END;
    IF refusal IS NOT NULL THEN
        RETURN;
    END IF;
    UPDATE staff_staffaccount s SET password = city_account_reset.password, one_time_until = until
    WHERE s.id = account AND s.is_active RETURNING s.login_id INTO login;
    IF login IS NULL THEN
        refusal := 'account';
        RETURN;
    END IF;
    PERFORM city_account_trace(officer, account, '{"act": "reset_password"}', address, request);
END
$$;
"""
GUARD = """
CREATE OR REPLACE FUNCTION shared.keep_an_officer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    IF NOT (OLD.is_active AND 'systems' = ANY (OLD.roles))
       OR (TG_OP = 'UPDATE' AND NEW.is_active AND 'systems' = ANY (NEW.roles)
           AND NEW.ends_on IS NOT DISTINCT FROM OLD.ends_on) THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('the last officer', 0));
    IF NOT EXISTS (SELECT FROM staff_staffaccount WHERE is_active AND 'systems' = ANY (roles)
                   AND coalesce(ends_on, 'infinity') >= (now() AT TIME ZONE 'Asia/Tokyo')::date) THEN
        RAISE EXCEPTION 'somebody of the systems division remains' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$;
"""
TRIGGER = """
CREATE TRIGGER keep_an_officer AFTER UPDATE OR DELETE ON shared.staff_staffaccount
FOR EACH ROW EXECUTE FUNCTION shared.keep_an_officer()
"""


class Migration(migrations.Migration):
    dependencies = [("compliance", "0006_recounts")]

    operations = [
        *(migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (TRACE, OPEN, CHANGE, RESET, GUARD)),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER keep_an_officer ON shared.staff_staffaccount"),
    ]
