"""What belongs to an incident stays with its tenant; steps come in their order; what is closed stays closed."""

from django.db import migrations

PARTS = ("incidentact", "incidentversion", "affectedperson", "incidentletter", "incidentpublication", "evidencepackage")
WITH_TENANT = "".join(
    f"ALTER TABLE compliance_{part} ADD CONSTRAINT {part}_of_its_tenant"
    " FOREIGN KEY (incident_id, tenant) REFERENCES compliance_incident (id, tenant) DEFERRABLE INITIALLY DEFERRED;\n"
    for part in PARTS
)
ORDER = """
CREATE FUNCTION shared.incident_step_in_order() RETURNS trigger
LANGUAGE plpgsql SET search_path = shared, pg_temp AS $$
DECLARE
    done text[];
BEGIN
    SELECT array_agg(step::text) INTO done FROM compliance_incidentact
    WHERE incident_id = NEW.incident_id AND step <> NEW.step;
    IF 'closed' = ANY (done) OR NOT coalesce(done, '{}') @> (CASE NEW.step
        WHEN 'noticed' THEN '{}'::text[]
        WHEN 'reported' THEN '{noticed}'::text[]
        WHEN 'accepted' THEN '{noticed,reported}'
        WHEN 'surveyed' THEN '{accepted}'
        WHEN 'prompt' THEN '{accepted}'
        WHEN 'final' THEN '{surveyed,prompt}'
        WHEN 'notified' THEN '{accepted}'
        WHEN 'prevented' THEN '{surveyed}'
        WHEN 'closed' THEN '{prevented}'
    END) THEN
        RAISE EXCEPTION 'a step out of its order' USING ERRCODE = 'check_violation', CONSTRAINT = 'steps_in_order';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER steps_in_order AFTER INSERT ON compliance_incidentact
FOR EACH ROW EXECUTE FUNCTION shared.incident_step_in_order();
"""
CLOSED = """
CREATE FUNCTION shared.incident_is_open() RETURNS trigger
LANGUAGE plpgsql SET search_path = shared, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM compliance_incidentact WHERE incident_id = NEW.incident_id AND step = 'closed') THEN
        RAISE EXCEPTION 'the incident is closed' USING ERRCODE = 'check_violation', CONSTRAINT = 'what_is_closed';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER what_is_closed AFTER INSERT ON compliance_incidentversion
FOR EACH ROW EXECUTE FUNCTION shared.incident_is_open();
CREATE TRIGGER what_is_closed AFTER INSERT OR UPDATE ON compliance_affectedperson
FOR EACH ROW EXECUTE FUNCTION shared.incident_is_open();
"""


class Migration(migrations.Migration):
    dependencies = [("compliance", '0008_incidents')]  # fmt: skip

    operations = [migrations.RunSQL(text, migrations.RunSQL.noop) for text in (WITH_TENANT, ORDER, CLOSED)]
