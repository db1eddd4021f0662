-- What only tests have: a way to empty the database between two of them, for a superuser alone.

CREATE SCHEMA testing;

CREATE TABLE testing.tenants_tenant AS TABLE shared.tenants_tenant;
CREATE TABLE testing.tenants_host AS TABLE shared.tenants_host;
CREATE TABLE testing.tenants_operator AS TABLE shared.tenants_operator;
CREATE TABLE testing.tenants_consortiummember AS TABLE shared.tenants_consortiummember;
CREATE TABLE testing.tenants_operatorassignment AS TABLE shared.tenants_operatorassignment;
CREATE TABLE testing.compliance_clausetext AS TABLE shared.compliance_clausetext;
CREATE TABLE testing.compliance_monitoringitem AS TABLE shared.compliance_monitoringitem;

-- All tables of the product, the tenants' too.
CREATE VIEW testing.every_table AS
SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'extensions', 'testing')
  AND NOT EXISTS (SELECT FROM pg_class kept WHERE kept.relnamespace = 'testing'::regnamespace AND kept.relkind = 'r'
                  AND kept.relname = c.relname)
  AND c.relname <> 'django_migrations';

-- Whether tables came or went: how many there are, and the newest.
CREATE FUNCTION testing.shape() RETURNS text LANGUAGE sql STABLE AS $$
SELECT count(*) || ' ' || max(oid::bigint) FROM pg_class WHERE relkind = 'r'
$$;

-- Makes testing.filled(), which names the tables that have rows: one statement whose plan the session keeps. To ask
-- hundreds of tables one by one, or to plan anew, takes most of the time of a short test.
CREATE FUNCTION testing.learn_tables() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    cases text;
    shape text;
BEGIN
    SELECT string_agg(format('CASE WHEN EXISTS (SELECT FROM %1$s) THEN %1$L END', name), ','), testing.shape()
    INTO cases, shape FROM testing.every_table;
    EXECUTE format('CREATE OR REPLACE FUNCTION testing.filled() RETURNS text[] LANGUAGE plpgsql'
                   ' AS $f$ BEGIN RETURN array_remove(ARRAY[%s], NULL); END $f$', cases);
    EXECUTE format('CREATE OR REPLACE FUNCTION testing.learned() RETURNS text LANGUAGE sql IMMUTABLE'
                   ' AS $f$ SELECT %L $f$', shape);
END
$$;
SELECT testing.learn_tables();

-- testing.changed() names the tables of the tenants that are no longer as they were; one statement here too.
DO $$
DECLARE
    cases text;
BEGIN
    SELECT string_agg(format('CASE WHEN EXISTS ((TABLE shared.%1$I EXCEPT TABLE testing.%1$I)'
                             ' UNION ALL (TABLE testing.%1$I EXCEPT TABLE shared.%1$I)) THEN %1$L END', relname), ',')
    INTO cases FROM pg_class WHERE relnamespace = 'testing'::regnamespace AND relkind = 'r';
    EXECUTE format('CREATE FUNCTION testing.changed() RETURNS text[] LANGUAGE plpgsql'
                   ' AS $f$ BEGIN RETURN array_remove(ARRAY[%s], NULL); END $f$', cases);
END
$$;

-- Empties all tables that have rows, and puts the tenants back as they were. In a session whose role is a replica's
-- constraints' triggers and the mirrors do not fire, so the order does not matter. The session has to set the role once
-- for good: whenever it is set, PostgreSQL forgets all plans.
CREATE FUNCTION testing.clean() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    name text;
BEGIN
    IF current_setting('session_replication_role') <> 'replica' THEN
        RAISE EXCEPTION 'Set session_replication_role to replica first.';
    END IF;
    IF testing.shape() <> testing.learned() THEN
        PERFORM testing.learn_tables();
    END IF;
    FOREACH name IN ARRAY testing.filled() LOOP
        EXECUTE format('DELETE FROM %s', name);
    END LOOP;
    FOREACH name IN ARRAY testing.changed() LOOP
        EXECUTE format('DELETE FROM shared.%I', name);
        EXECUTE format('INSERT INTO shared.%1$I TABLE testing.%1$I', name);
    END LOOP;
END
$$;
