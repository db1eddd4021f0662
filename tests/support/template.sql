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
SELECT c.oid, format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'extensions', 'testing')
  AND NOT EXISTS (SELECT FROM pg_class kept WHERE kept.relnamespace = 'testing'::regnamespace AND kept.relkind = 'r'
                  AND kept.relname = c.relname)
  AND c.relname <> 'django_migrations';

-- Makes testing.filled(), which names the tables that have rows: one statement whose plan is kept. Asking hundreds of
-- tables one by one, each with a plan of its own, took most of the time of a short test.
CREATE FUNCTION testing.learn_tables() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    cases text;
    shape text;
BEGIN
    SELECT string_agg(format('CASE WHEN EXISTS (SELECT FROM %1$s) THEN %1$L END', name), ','),
           count(*) || ' ' || max(oid::bigint)
    INTO cases, shape FROM testing.every_table;
    EXECUTE format('CREATE OR REPLACE FUNCTION testing.filled() RETURNS text[] LANGUAGE plpgsql'
                   ' AS $f$ BEGIN RETURN array_remove(ARRAY[%s], NULL); END $f$', cases);
    EXECUTE format('CREATE OR REPLACE FUNCTION testing.learned() RETURNS text LANGUAGE sql IMMUTABLE'
                   ' AS $f$ SELECT %L $f$', shape);
END
$$;
SELECT testing.learn_tables();

-- Empties all tables that have rows, and puts the tenants back as they were. Constraints' triggers and the mirrors do
-- not fire, so the order does not matter. A test that made or dropped tables is noticed by their number or newest oid.
CREATE FUNCTION testing.clean() RETURNS void LANGUAGE plpgsql
SET session_replication_role = replica SET lock_timeout = '5s' AS $$
DECLARE
    name text;
    changed boolean;
    kept text;
BEGIN
    IF (SELECT count(*) || ' ' || max(oid::bigint) FROM testing.every_table) <> testing.learned() THEN
        PERFORM testing.learn_tables();
    END IF;
    FOREACH name IN ARRAY testing.filled() LOOP
        EXECUTE format('DELETE FROM %s', name);
    END LOOP;
    FOR kept IN SELECT relname FROM pg_class WHERE relnamespace = 'testing'::regnamespace AND relkind = 'r' LOOP
        EXECUTE format('SELECT EXISTS ((TABLE shared.%1$I EXCEPT TABLE testing.%1$I)'
                       ' UNION ALL (TABLE testing.%1$I EXCEPT TABLE shared.%1$I))', kept) INTO changed;
        IF changed THEN
            EXECUTE format('DELETE FROM shared.%1$I', kept);
            EXECUTE format('INSERT INTO shared.%1$I TABLE testing.%1$I', kept);
        END IF;
    END LOOP;
END
$$;
