-- What only tests have: a way to empty the database between two of them, for a superuser alone.

CREATE SCHEMA testing;

CREATE TABLE testing.tenants_tenant AS TABLE shared.tenants_tenant;
CREATE TABLE testing.tenants_host AS TABLE shared.tenants_host;
CREATE TABLE testing.tenants_operator AS TABLE shared.tenants_operator;
CREATE TABLE testing.tenants_consortiummember AS TABLE shared.tenants_consortiummember;
CREATE TABLE testing.tenants_operatorassignment AS TABLE shared.tenants_operatorassignment;
CREATE TABLE testing.compliance_clausetext AS TABLE shared.compliance_clausetext;

-- Empties all tables that have rows, and puts the tenants back as they were. Constraints' triggers and the mirrors do
-- not fire, so the order does not matter.
CREATE FUNCTION testing.clean() RETURNS void LANGUAGE plpgsql
SET session_replication_role = replica SET lock_timeout = '5s' AS $$
DECLARE
    place oid;
    has_rows boolean;
    changed boolean;
    kept text;
BEGIN
    FOR place IN
        SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'extensions', 'testing')
          AND NOT EXISTS (SELECT FROM pg_class kept WHERE kept.relnamespace = 'testing'::regnamespace
                          AND kept.relname = c.relname)
          AND c.relname <> 'django_migrations' AND pg_relation_size(c.oid) > 0
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', place::regclass) INTO has_rows;
        IF has_rows THEN
            EXECUTE format('DELETE FROM %s', place::regclass);
        END IF;
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
