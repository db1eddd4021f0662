"""What the city may do inside a tenant's schema about a second factor: take it away. It reads no secret and sets none."""

from django.db import migrations

RESET = """
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
REVOKE ALL ON FUNCTION shared.reset_second_factor(text, uuid, uuid, inet, text) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("policies", '0001_initial')]  # fmt: skip

    operations = [
        migrations.RunSQL(RESET, "DROP FUNCTION shared.reset_second_factor(text, uuid, uuid, inet, text)"),
    ]
