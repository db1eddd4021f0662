"""An account of a desk follows the designation that it belongs to: begun, ended and cut short with it."""

from django.db import migrations

KEEP_TO_TERM = """
CREATE FUNCTION shared.keep_to_term() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    own bigint := (SELECT id FROM tenants_tenant WHERE schema_name = TG_TABLE_SCHEMA);
    first date := coalesce(NEW.starts_on, (NEW.created_at AT TIME ZONE 'Asia/Tokyo')::date);
BEGIN
    IF NEW.assignment IS NULL THEN
        NEW.assignment := (SELECT id FROM tenants_operatorassignment WHERE tenant_id = own AND during @> first);
    END IF;
    NEW.term := coalesce(
        (SELECT during FROM tenants_operatorassignment WHERE id = NEW.assignment AND tenant_id = own),
        'empty'::daterange);
    RETURN NEW;
END
$$
"""
HAND_ON = """
CREATE FUNCTION shared.hand_on_term() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shared, pg_temp AS $$
BEGIN
    EXECUTE format('UPDATE %I.staff_staffaccount SET term = $1 WHERE assignment = $2',
                   (SELECT schema_name FROM tenants_tenant WHERE id = NEW.tenant_id)) USING NEW.during, NEW.id;
    RETURN NULL;
END
$$
"""
ON_CHANGE = """
CREATE TRIGGER hand_on_term AFTER UPDATE OF during ON tenants_operatorassignment
FOR EACH ROW WHEN (OLD.during IS DISTINCT FROM NEW.during) EXECUTE FUNCTION shared.hand_on_term()
"""
GUARD = """
CREATE FUNCTION shared.guard_assignment() RETURNS trigger
LANGUAGE plpgsql SET search_path = shared, pg_temp AS $$
BEGIN
    IF isempty(NEW.during) OR lower(NEW.during) IS NULL THEN
        RAISE EXCEPTION 'a term has a first day' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND ((OLD.id, OLD.tenant_id, OLD.operator_id, lower(OLD.during), OLD.agreement_number,
            OLD.fee_regime, OLD.privacy_officer, OLD.security_officer) IS DISTINCT FROM
            (NEW.id, NEW.tenant_id, NEW.operator_id, lower(NEW.during), NEW.agreement_number,
            NEW.fee_regime, NEW.privacy_officer, NEW.security_officer)) THEN
        RAISE EXCEPTION 'of a designation only its end changes' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$
"""
ON_WRITE = """
CREATE TRIGGER guard_assignment BEFORE INSERT OR UPDATE ON tenants_operatorassignment
FOR EACH ROW EXECUTE FUNCTION shared.guard_assignment()
"""


class Migration(migrations.Migration):
    dependencies = [("tenants", '0006_access_functions')]  # fmt: skip

    operations = [
        migrations.RunSQL(KEEP_TO_TERM, "DROP FUNCTION shared.keep_to_term()"),
        migrations.RunSQL(HAND_ON, "DROP FUNCTION shared.hand_on_term()"),
        migrations.RunSQL(ON_CHANGE, "DROP TRIGGER hand_on_term ON tenants_operatorassignment"),
        migrations.RunSQL(GUARD, "DROP FUNCTION shared.guard_assignment()"),
        migrations.RunSQL(ON_WRITE, "DROP TRIGGER guard_assignment ON tenants_operatorassignment"),
    ]
