"""An act stays with its request's tenant; what was not granted is not carried out."""

from django.db import migrations

WITH_TENANT = """
ALTER TABLE compliance_personrequestact ADD CONSTRAINT personrequestact_of_its_tenant
FOREIGN KEY (request_id, tenant) REFERENCES compliance_personrequest (id, tenant) DEFERRABLE INITIALLY DEFERRED;
"""
GRANTED = """
CREATE FUNCTION shared.person_request_granted() RETURNS trigger
LANGUAGE plpgsql SET search_path = shared, pg_temp AS $$
BEGIN
    IF NEW.step = 'carried_out' AND NOT EXISTS (
        SELECT FROM compliance_personrequestact a
        WHERE a.request_id = NEW.request_id AND a.decision IN ('granted', 'partly')
    ) THEN
        RAISE EXCEPTION 'the request was not granted' USING ERRCODE = 'check_violation', CONSTRAINT = 'what_is_granted';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER what_is_granted AFTER INSERT ON compliance_personrequestact
FOR EACH ROW EXECUTE FUNCTION shared.person_request_granted();
"""


class Migration(migrations.Migration):
    dependencies = [("compliance", '0012_person_requests')]  # fmt: skip

    operations = [migrations.RunSQL(text, migrations.RunSQL.noop) for text in (WITH_TENANT, GRANTED)]
