"""What the city may do inside a tenant's schema about a lock of signing in: end it. It reads no ID and no address."""

from django.db import migrations

CLEAR = """
CREATE OR REPLACE FUNCTION shared.clear_sign_in_lock(
    place text, pair bigint, officer uuid, reason text, address inet, request text
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    ended bigint;
BEGIN
    IF NOT EXISTS (SELECT FROM shared.staff_staffaccount s
                   WHERE s.id = officer AND s.is_active AND 'systems' = ANY (s.roles)) THEN
        RAISE EXCEPTION 'not one who gives accounts out' USING ERRCODE = 'check_violation';
    END IF;
    IF place <> 'shared' AND NOT EXISTS (SELECT FROM tenants_tenant WHERE schema_name = place) THEN
        RETURN false;
    END IF;
    EXECUTE format('UPDATE %I.staff_signinpair SET tries = 0 WHERE id = $1 AND tries >= most', place) USING pair;
    GET DIAGNOSTICS ended = ROW_COUNT;
    IF ended = 0 THEN
        RETURN false;
    END IF;
    IF place <> 'shared' THEN
        EXECUTE format('INSERT INTO %I.audit_auditentry (at, actor_kind, actor_id, action, object_type, object_id,'
                       ' purpose, detail, address, request_id) VALUES (now(), ''city'', $1, ''permission'','
                       ' ''sign_in_lock'', $2, $3, ''{}'', $4, $5)', place)
        USING officer, pair::text, left(reason, 200), address, left(coalesce(request, ''), 32);
    END IF;
    RETURN true;
END
$$;
REVOKE ALL ON FUNCTION shared.clear_sign_in_lock(text, bigint, uuid, text, inet, text) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("policies", '0003_passkeys')]  # fmt: skip

    operations = [
        migrations.RunSQL(CLEAR, "DROP FUNCTION shared.clear_sign_in_lock(text, bigint, uuid, text, inet, text)"),
    ]
