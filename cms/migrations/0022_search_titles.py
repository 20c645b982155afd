import importlib

from django.db import migrations

# What filters and counts reads thousands of rows of entries, each at a place of its own: so titles, and all that ranks
# them, go to a table of their own. Rows that are there keep their width until the index is built anew.
TABLE = """
CREATE TABLE cms_searchtitle (
    version smallint NOT NULL,
    id integer NOT NULL,
    date date,
    outdated boolean NOT NULL DEFAULT false,
    title text NOT NULL,
    sort_title text NOT NULL,
    rv tsvector NOT NULL DEFAULT '',
    PRIMARY KEY (version, id)
) PARTITION BY LIST (version);
CREATE INDEX cms_searchtitle_beginning ON cms_searchtitle (lower(title) text_pattern_ops);
CREATE INDEX cms_searchtitle_sorted ON cms_searchtitle (sort_title, id);
"""
# What cms/search/versions.py gives a new version: the versions that are there already get it here.
PARTITIONS = """
DO $$
DECLARE
    number integer;
    name text;
BEGIN
    FOR number IN SELECT v.number FROM cms_indexversion v LOOP
        name := 'cms_searchtitle_' || number;
        EXECUTE format('CREATE TABLE %I (LIKE cms_searchtitle INCLUDING DEFAULTS)', name);
        EXECUTE format('ALTER TABLE %I ALTER COLUMN title SET STORAGE PLAIN, ALTER COLUMN sort_title SET STORAGE PLAIN,'
            ' ALTER COLUMN rv SET STORAGE PLAIN', name);
        EXECUTE format('INSERT INTO %I (version, id, date, outdated, title, sort_title, rv)'
            ' SELECT version, id, date, outdated, title, sort_title, rv FROM cms_searchentry WHERE version = %s',
            name, number);
        EXECUTE format('ALTER TABLE cms_searchtitle ATTACH PARTITION %I FOR VALUES IN (%s)', name, number);
        EXECUTE format('CREATE INDEX %I ON %I USING gin (rv) WITH (gin_pending_list_limit = 128)', name || '_rv', name);
        -- Without it, the planner takes ways that are five times as long.
        EXECUTE format('ANALYZE %I', name);
        EXECUTE format('ALTER INDEX IF EXISTS cms_searchentry_%s_tsv SET (gin_pending_list_limit = 128)', number);
        EXECUTE format('ALTER INDEX IF EXISTS cms_searchword_%s_deletions SET (gin_pending_list_limit = 128)', number);
    END LOOP;
END $$;
ALTER TABLE cms_searchentry DROP COLUMN title, DROP COLUMN sort_title, DROP COLUMN rv;
"""
COLUMNS = """
ALTER TABLE cms_searchentry
    ADD COLUMN title text NOT NULL DEFAULT '', ADD COLUMN sort_title text NOT NULL DEFAULT '',
    ADD COLUMN rv tsvector NOT NULL DEFAULT '';
UPDATE cms_searchentry e SET title = r.title, sort_title = r.sort_title, rv = r.rv
FROM cms_searchtitle r WHERE r.version = e.version AND r.id = e.id;
ALTER TABLE cms_searchentry ALTER COLUMN title DROP DEFAULT, ALTER COLUMN sort_title DROP DEFAULT;
CREATE INDEX cms_searchentry_title ON cms_searchentry (lower(title) text_pattern_ops);
DO $$
DECLARE
    number integer;
BEGIN
    FOR number IN SELECT v.number FROM cms_indexversion v LOOP
        EXECUTE format('CREATE INDEX IF NOT EXISTS cms_searchentry_%1$s_rv ON cms_searchentry_%1$s USING gin (rv)',
            number);
    END LOOP;
END $$;
"""
# By the number of its last change, each process knows what of its own copy is not up to date (cms/search/tally.py).
CHANGES = """
CREATE SEQUENCE cms_searchfacetbits_changes;
ALTER TABLE cms_searchfacetbits ADD COLUMN changed bigint NOT NULL DEFAULT 0;
CREATE INDEX cms_searchfacetbits_changed ON cms_searchfacetbits (version, changed);
"""
NO_CHANGES = """
ALTER TABLE cms_searchfacetbits DROP COLUMN changed;
DROP SEQUENCE cms_searchfacetbits_changes;
"""
FORGETTING = """
CREATE OR REPLACE FUNCTION cms_forget_names(pages integer[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    naming integer[] := ARRAY(SELECT id FROM cms_searchfacet WHERE facet = 'noemt' AND value = ANY (pages::text[]));
BEGIN
    IF naming = '{}' THEN
        RETURN;
    END IF;
    WITH changed AS (
        UPDATE cms_searchentry SET tsv = ts_filter(tsv, '{a,c}') WHERE facets && naming RETURNING version, id, key
    ), titles AS (
        UPDATE cms_searchtitle r SET rv = ts_filter(r.rv, '{a,c}') FROM changed
        WHERE r.version = changed.version AND r.id = changed.id
    ), own AS (
        UPDATE cms_searchpart p SET tsv = ts_filter(p.tsv, '{a,c}') FROM changed
        WHERE p.version = changed.version AND p.entry_id = changed.id AND p.ordinal = 0
    )
    INSERT INTO cms_pendingentry (key, since, attempts, message)
    SELECT key, clock_timestamp(), 0, '' FROM (SELECT DISTINCT key FROM changed ORDER BY key) noted
    ON CONFLICT (key) DO UPDATE SET since = excluded.since, attempts = 0;
END $$;
"""
GOING = """
CREATE OR REPLACE FUNCTION cms_on_page() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        PERFORM cms_refresh_pages(NEW.path, OLD.path = NEW.path);
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock_shared(LOCK);
    WITH gone AS (
        DELETE FROM cms_searchentry WHERE page_id = OLD.id RETURNING version, id
    )TITLES
    DELETE FROM cms_searchpart p USING gone WHERE p.version = gone.version AND p.entry_id = gone.id;
    PERFORM cms_forget_names(ARRAY[OLD.id]);
    IF NOT OLD.live OR OLD.expire_at IS NOT NULL THEN
        PERFORM cms_refresh_pages(OLD.path, true);
    END IF;
    RETURN NULL;
END $$;
"""
TITLES = """, titles AS (
        DELETE FROM cms_searchtitle r USING gone WHERE r.version = gone.version AND r.id = gone.id
    )"""

visibility = importlib.import_module("cms.migrations.0008_search_visibility")
references = importlib.import_module("cms.migrations.0010_search_references")
GOING = GOING.replace("LOCK", visibility.LOCK)


class Migration(migrations.Migration):
    dependencies = [("cms", "0021_unsafe_documents")]

    operations = [
        migrations.RunSQL(TABLE, "DROP TABLE cms_searchtitle"),
        migrations.RunSQL(PARTITIONS, COLUMNS),
        migrations.RunSQL(CHANGES, NO_CHANGES),
        migrations.RunSQL(FORGETTING, references.ONCE),
        migrations.RunSQL(GOING.replace("TITLES", TITLES), GOING.replace("TITLES", "")),
    ]
