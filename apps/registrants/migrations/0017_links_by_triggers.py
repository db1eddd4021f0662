"""The triggers that keep an account's list of registrations and hand on its slips (``shared.accounts``)."""

from django.db import migrations

THOSE_BEFORE = """
INSERT INTO shared.accounts_portallink (account_id, tenant_id, registration)
SELECT r.portal_account, t.id, r.id FROM registrants_registrant r
JOIN shared.tenants_tenant t ON t.schema_name = current_schema()
JOIN shared.accounts_portalaccount a ON a.id = r.portal_account
ON CONFLICT DO NOTHING
"""
MIRROR = """
CREATE TRIGGER mirror_portal_link AFTER INSERT OR DELETE OR UPDATE OF portal_account ON registrants_registrant
FOR EACH ROW EXECUTE FUNCTION shared.mirror_portal_link()
"""
SLIP = """
CREATE TRIGGER open_reset_slip AFTER INSERT OR UPDATE OF used_at ON registrants_linkcode
FOR EACH ROW WHEN (NEW.purpose = 'reset') EXECUTE FUNCTION shared.open_reset_slip()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registrants", "0016_codes_for_the_portal"),
        ("accounts", "0004_links_by_triggers"),
    ]

    operations = [
        migrations.RunSQL(THOSE_BEFORE, migrations.RunSQL.noop),
        migrations.RunSQL(MIRROR, "DROP TRIGGER mirror_portal_link ON registrants_registrant"),
        migrations.RunSQL(SLIP, "DROP TRIGGER open_reset_slip ON registrants_linkcode"),
    ]
