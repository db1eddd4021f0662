"""A place may let a passkey be the whole sign-in; a reset of the second factor takes the passkeys away too."""

from django.db import migrations, models

RESET = """
CREATE OR REPLACE FUNCTION shared.reset_second_factor(
    place text, who uuid, officer uuid, address inet, request text
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    gone bigint;
    keys bigint;
BEGIN
    IF NOT EXISTS (SELECT FROM shared.staff_staffaccount s
                   WHERE s.id = officer AND s.is_active AND 'systems' = ANY (s.roles)) THEN
        RAISE EXCEPTION 'not one who gives accounts out' USING ERRCODE = 'check_violation';
    END IF;
    IF place <> 'shared' AND NOT EXISTS (SELECT FROM tenants_tenant WHERE schema_name = place) THEN
        RETURN false;
    END IF;
    EXECUTE format('DELETE FROM %I.staff_authenticator WHERE account_id = $1', place) USING who;
    GET DIAGNOSTICS gone = ROW_COUNT;
    EXECUTE format('DELETE FROM %I.staff_passkey WHERE account_id = $1', place) USING who;
    GET DIAGNOSTICS keys = ROW_COUNT;
    IF gone + keys = 0 THEN
        RETURN false;
    END IF;
    EXECUTE format('DELETE FROM %I.staff_recoverycode WHERE account_id = $1', place) USING who;
    EXECUTE format('UPDATE %I.staff_staffsession SET ended_at = now(), ended_why = ''everywhere'''
                   ' WHERE account_id = $1 AND ended_at IS NULL', place) USING who;
    IF place <> 'shared' THEN
        EXECUTE format('INSERT INTO %I.audit_auditentry (at, actor_kind, actor_id, action, object_type, object_id,'
                       ' purpose, detail, address, request_id) VALUES (now(), ''city'', $1, ''permission'','
                       ' ''account'', $2, '''', ''{"fields": ["second_factor"]}'', $3, $4)', place)
        USING officer, who::text, address, left(coalesce(request, ''), 32);
    END IF;
    RETURN true;
END
$$;
"""
RESET_OF_BEFORE = """
CREATE OR REPLACE FUNCTION shared.reset_second_factor(
    place text, who uuid, officer uuid, address inet, request text
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    IF NOT EXISTS (SELECT FROM shared.staff_staffaccount s
                   WHERE s.id = officer AND s.is_active AND 'systems' = ANY (s.roles)) THEN
        RAISE EXCEPTION 'not one who gives accounts out' USING ERRCODE = 'check_violation';
    END IF;
    IF place <> 'shared' AND NOT EXISTS (SELECT FROM tenants_tenant WHERE schema_name = place) THEN
        RETURN false;
    END IF;
    EXECUTE format('DELETE FROM %I.staff_authenticator WHERE account_id = $1', place) USING who;
    GET DIAGNOSTICS gone = ROW_COUNT;
    IF gone = 0 THEN
        RETURN false;
    END IF;
    EXECUTE format('DELETE FROM %I.staff_recoverycode WHERE account_id = $1', place) USING who;
    EXECUTE format('UPDATE %I.staff_staffsession SET ended_at = now(), ended_why = ''everywhere'''
                   ' WHERE account_id = $1 AND ended_at IS NULL', place) USING who;
    IF place <> 'shared' THEN
        EXECUTE format('INSERT INTO %I.audit_auditentry (at, actor_kind, actor_id, action, object_type, object_id,'
                       ' purpose, detail, address, request_id) VALUES (now(), ''city'', $1, ''permission'','
                       ' ''account'', $2, '''', ''{"fields": ["second_factor"]}'', $3, $4)', place)
        USING officer, who::text, address, left(coalesce(request, ''), 32);
    END IF;
    RETURN true;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("staff", "0007_passkeys"), ("policies", '0002_reset_second_factor')]  # fmt: skip

    operations = [
        migrations.AddField(
            model_name="signinpolicy",
            name="passkey_alone",
            field=models.BooleanField(db_default=False),
        ),
        migrations.RunSQL(RESET, RESET_OF_BEFORE),
    ]
