"""Ending an account takes along what it kept; what tenants and the reminders' task may learn of a citizen's wishes.

``reminder_wishes`` answers a tenant about those of the accounts asked for that hold a registration there, and nobody
else. ``opening_wishes`` answers the task that belongs to no account. ``stop_reminders`` does what the link in a mail
asks for, without a sign-in: whoever has the link may stop the mails and learns nothing.
"""

from django.db import migrations

END = """
CREATE OR REPLACE FUNCTION shared.end_account() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    holder uuid := nullif(current_setting('kashikan.account', true), '')::uuid;
BEGIN
    PERFORM shared.unlink_own(NULL);
    DELETE FROM shared.accounts_portallink WHERE account_id = holder;
    DELETE FROM shared.accounts_portalsession WHERE account_id = holder;
    DELETE FROM shared.accounts_accounttoken WHERE account_id = holder;
    DELETE FROM shared.accounts_calendarlink WHERE account_id = holder;
    DELETE FROM shared.accounts_favouriteroom WHERE account_id = holder;
    DELETE FROM shared.accounts_savedsearch WHERE account_id = holder;
    DELETE FROM shared.accounts_reminderwish WHERE account_id = holder;
    DELETE FROM shared.accounts_openingreminder WHERE account_id = holder;
    DELETE FROM shared.accounts_portalaccount WHERE id = holder;
END
$$;
REVOKE ALL ON FUNCTION shared.end_account() FROM PUBLIC;
"""
WISHES = """
CREATE FUNCTION shared.reminder_wishes(asked uuid[]) RETURNS TABLE (
    account uuid, is_told boolean, use int[], tentative int[], quiet_from time, quiet_until time, stop uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
    SELECT a.id, w.account_id IS NOT NULL, w.use, w.tentative, w.quiet_from, w.quiet_until, coalesce(w.stop, a.id)
    FROM accounts_portalaccount a
    LEFT JOIN accounts_reminderwish w ON w.account_id = a.id
    WHERE a.id = ANY (asked) AND a.is_active AND EXISTS (
        SELECT FROM accounts_portallink l JOIN tenants_tenant t ON t.id = l.tenant_id
        WHERE l.account_id = a.id AND 'tenant_' || t.schema_name
            = CASE current_setting('role') WHEN 'none' THEN session_user ELSE current_setting('role') END)
$$;
REVOKE ALL ON FUNCTION shared.reminder_wishes(uuid[]) FROM PUBLIC;
"""
OPENINGS = """
CREATE FUNCTION shared.opening_wishes() RETURNS TABLE (
    account uuid, tenant text, room uuid, quiet_from time, quiet_until time, stop uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
    SELECT f.account_id, f.tenant::text, f.room, w.quiet_from, w.quiet_until, w.stop
    FROM accounts_favouriteroom f
    JOIN accounts_reminderwish w ON w.account_id = f.account_id AND w.opening
    JOIN accounts_portalaccount a ON a.id = f.account_id AND a.is_active
    WHERE nullif(current_setting('kashikan.account', true), '') IS NULL
    ORDER BY f.room, f.account_id
$$;
REVOKE ALL ON FUNCTION shared.opening_wishes() FROM PUBLIC;
"""
STOP = """
CREATE FUNCTION shared.stop_reminders(link uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    UPDATE accounts_reminderwish SET use = '{}', tentative = '{}', opening = false, changed_at = now() WHERE stop = link;
    IF FOUND THEN
        RETURN true;
    END IF;
    INSERT INTO accounts_reminderwish (account_id, use, tentative, opening, stop, changed_at)
    SELECT id, '{}', '{}', false, id, now() FROM accounts_portalaccount WHERE id = link AND is_active
    ON CONFLICT DO NOTHING;
    RETURN FOUND;
END
$$;
REVOKE ALL ON FUNCTION shared.stop_reminders(uuid) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_portal_keeping")]

    operations = [
        migrations.RunSQL(END, migrations.RunSQL.noop),
        migrations.RunSQL(WISHES, "DROP FUNCTION shared.reminder_wishes(uuid[])"),
        migrations.RunSQL(OPENINGS, "DROP FUNCTION shared.opening_wishes()"),
        migrations.RunSQL(STOP, "DROP FUNCTION shared.stop_reminders(uuid)"),
    ]
