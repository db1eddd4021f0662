"""Which account holds which registration: mirrored from the tenants' rows, and changed by its citizen alone.

A tenant's row says which account holds a registration; ``mirror_portal_link`` keeps the account's list of them, and
learns the tenant from the table that fired. ``open_reset_slip`` turns the slip that a desk has made into a token for the
account behind the registration, so that the desk need not learn which account that is. The two functions that a citizen
calls act for the account of the unit of work and for nobody else.
"""

from django.db import migrations

MIRROR = """
CREATE FUNCTION shared.mirror_portal_link() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    here bigint;
BEGIN
    SELECT id INTO here FROM shared.tenants_tenant WHERE schema_name = TG_TABLE_SCHEMA;
    IF TG_OP <> 'INSERT' AND OLD.portal_account IS NOT NULL THEN
        DELETE FROM shared.accounts_portallink WHERE tenant_id = here AND registration = OLD.id;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.portal_account IS NOT NULL THEN
        INSERT INTO shared.accounts_portallink (account_id, tenant_id, registration)
        SELECT id, here, NEW.id FROM shared.accounts_portalaccount WHERE id = NEW.portal_account
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION shared.mirror_portal_link() FROM PUBLIC;
"""
SLIP = """
CREATE FUNCTION shared.open_reset_slip() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    holder uuid;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        DELETE FROM shared.accounts_accounttoken WHERE code_hash = NEW.code_hash AND NEW.used_at IS NOT NULL;
        RETURN NULL;
    END IF;
    EXECUTE format('SELECT r.portal_account FROM %I.registrants_registrant r WHERE r.id = $1', TG_TABLE_SCHEMA)
    INTO holder USING NEW.registrant_id;
    INSERT INTO shared.accounts_accounttoken
        (id, purpose, account_id, email, language, code_hash, made_at, expires_at)
    SELECT gen_random_uuid(), 'reset', id, '', 'ja', NEW.code_hash, NEW.made_at,
           least(NEW.expires_at, now() + interval '3 days')
    FROM shared.accounts_portalaccount WHERE id = holder;
    IF NOT FOUND THEN
        RAISE foreign_key_violation USING MESSAGE = 'no account holds this registration';
    END IF;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION shared.open_reset_slip() FROM PUBLIC;
"""
REDEEM = """
CREATE FUNCTION shared.redeem_link_code(place text, wanted text, hash text, OUT outcome text, OUT registration uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    holder uuid := nullif(current_setting('kashikan.account', true), '')::uuid;
    code record;
BEGIN
    outcome := 'wrong';
    IF NOT EXISTS (SELECT FROM shared.accounts_portalaccount WHERE id = holder AND is_active)
       OR NOT EXISTS (SELECT FROM shared.tenants_tenant WHERE schema_name = place AND state = 'active') THEN
        RETURN;
    END IF;
    EXECUTE format($query$
        SELECT c.id, c.code_hash, c.attempts, c.expires_at, r.id AS registrant, r.portal_account, r.state
        FROM %1$I.registrants_linkcode c JOIN %1$I.registrants_registrant r ON r.id = c.registrant_id
        WHERE r.number = $1 AND c.purpose = 'link' AND c.used_at IS NULL FOR UPDATE
    $query$, place) INTO code USING wanted;
    IF code.id IS NULL OR code.expires_at <= now() OR code.attempts >= 5
       OR code.state NOT IN ('active', 'suspended', 'expired') THEN
        RETURN;
    END IF;
    IF code.code_hash <> hash THEN
        EXECUTE format('UPDATE %I.registrants_linkcode SET attempts = attempts + 1 WHERE id = $1', place) USING code.id;
        RETURN;
    END IF;
    IF code.portal_account <> holder THEN
        outcome := 'taken';
        RETURN;
    END IF;
    EXECUTE format('UPDATE %I.registrants_linkcode SET used_at = now() WHERE id = $1', place) USING code.id;
    EXECUTE format('UPDATE %I.registrants_registrant SET portal_account = $1, version = version + 1 WHERE id = $2', place)
    USING holder, code.registrant;
    outcome := 'linked';
    registration := code.registrant;
END
$$;
REVOKE ALL ON FUNCTION shared.redeem_link_code(text, text, text) FROM PUBLIC;
"""
UNLINK = """
CREATE FUNCTION shared.unlink_own(single uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    holder uuid := nullif(current_setting('kashikan.account', true), '')::uuid;
    link record;
    unlinked bigint := 0;
BEGIN
    FOR link IN
        SELECT t.schema_name AS place, l.registration FROM shared.accounts_portallink l
        JOIN shared.tenants_tenant t ON t.id = l.tenant_id
        WHERE l.account_id = holder AND (single IS NULL OR l.registration = single)
        ORDER BY t.schema_name, l.registration
    LOOP
        EXECUTE format($query$
            UPDATE %I.registrants_registrant SET portal_account = NULL, version = version + 1
            WHERE id = $1 AND portal_account = $2
        $query$, link.place) USING link.registration, holder;
        EXECUTE format($query$
            INSERT INTO %I.registrants_registrationact
                (registrant_id, at, act, effective_on, actor_kind, actor_id, cause, reason, changes)
            VALUES ($1, now(), 'unlink', (now() AT TIME ZONE 'Asia/Tokyo')::date, 'citizen', $2, '', '', '{}')
        $query$, link.place) USING link.registration, holder;
        EXECUTE format($query$
            INSERT INTO %I.audit_auditentry
                (at, actor_kind, actor_id, action, object_type, object_id, purpose, detail, request_id)
            VALUES (now(), 'citizen', $2, 'change', 'registrant', $1, '', '{"act": "unlink"}', '')
        $query$, link.place) USING link.registration::text, holder;
        unlinked := unlinked + 1;
    END LOOP;
    RETURN unlinked;
END
$$;
REVOKE ALL ON FUNCTION shared.unlink_own(uuid) FROM PUBLIC;
"""
END = """
CREATE FUNCTION shared.end_account() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    holder uuid := nullif(current_setting('kashikan.account', true), '')::uuid;
BEGIN
    PERFORM shared.unlink_own(NULL);
    DELETE FROM shared.accounts_portallink WHERE account_id = holder;
    DELETE FROM shared.accounts_portalsession WHERE account_id = holder;
    DELETE FROM shared.accounts_accounttoken WHERE account_id = holder;
    DELETE FROM shared.accounts_portalaccount WHERE id = holder;
END
$$;
REVOKE ALL ON FUNCTION shared.end_account() FROM PUBLIC;
"""
OWN = """
CREATE FUNCTION shared.own_registrations() RETURNS TABLE (
    tenant text, tenant_name text, tenant_name_en text, id uuid, number text, kind text, state text,
    group_name text, family_name text, given_name text, registered_on date, valid_until date, open_requests bigint)
LANGUAGE plpgsql STABLE SET search_path = shared, pg_temp AS $$
DECLARE
    place record;
BEGIN
    FOR place IN
        SELECT DISTINCT t.schema_name, t.name, t.name_en FROM shared.accounts_portallink l
        JOIN shared.tenants_tenant t ON t.id = l.tenant_id AND t.state = 'active'
        ORDER BY t.schema_name
    LOOP
        RETURN QUERY EXECUTE format($query$
            SELECT %2$L::text, %3$L::text, %4$L::text, r.id, r.number::text, r.kind::text,
                   coalesce((SELECT s.state FROM %1$I.registrants_statespan s WHERE s.registrant_id = r.id
                             AND s.during @> (now() AT TIME ZONE 'Asia/Tokyo')::date), r.state)::text,
                   r.group_name::text, r.family_name::text, r.given_name::text, r.registered_on, r.valid_until,
                   (SELECT count(*) FROM %1$I.registrants_citizenrequest q
                    WHERE q.registrant_id = r.id AND q.state = 'open')
            FROM %1$I.registrants_registrant r
        $query$, place.schema_name, place.schema_name, place.name, place.name_en);
    END LOOP;
END
$$;
REVOKE ALL ON FUNCTION shared.own_registrations() FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_account_token")]

    operations = [
        migrations.RunSQL(MIRROR, "DROP FUNCTION shared.mirror_portal_link()"),
        migrations.RunSQL(SLIP, "DROP FUNCTION shared.open_reset_slip()"),
        migrations.RunSQL(REDEEM, "DROP FUNCTION shared.redeem_link_code(text, text, text)"),
        migrations.RunSQL(UNLINK, "DROP FUNCTION shared.unlink_own(uuid)"),
        migrations.RunSQL(END, "DROP FUNCTION shared.end_account()"),
        migrations.RunSQL(OWN, "DROP FUNCTION shared.own_registrations()"),
    ]
