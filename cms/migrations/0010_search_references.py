from django.db import migrations

# What a body refers to decides which of its words readers see. So a page that refers to something whose visibility
# changes has its entry put together anew: noted in the same transaction, whatever code makes the change. What refers
# to what is in Wagtail's index of references (cms/references.py).
NOTING = """
CREATE FUNCTION cms_note_referring(app text, name text, targets text[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO cms_pendingentry (key, since, attempts, message)
    SELECT key, clock_timestamp(), 0, '' FROM (
        SELECT DISTINCT 'page:' || r.object_id AS key
        FROM wagtailcore_referenceindex r
        JOIN django_content_type target ON target.id = r.to_content_type_id
        JOIN django_content_type source ON source.id = r.base_content_type_id
        WHERE target.app_label = app AND target.model = name AND r.to_object_id = ANY (targets)
            AND source.app_label = 'wagtailcore' AND source.model = 'page'
        ORDER BY 1
    ) referring
    ON CONFLICT (key) DO UPDATE SET since = excluded.since, attempts = 0
$$;
"""
# As before, but with each key once, also while a second version is built: it stands in both then, and a clock beside it
# makes two rows of it, which "ON CONFLICT" refuses. The change that hides something was refused with them.
ONCE = """
CREATE OR REPLACE FUNCTION cms_note_entries(versions integer[], entries integer[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cms_pendingentry (key, since, attempts, message)
    SELECT key, clock_timestamp(), 0, '' FROM (
        SELECT DISTINCT e.key FROM unnest(versions, entries) AS changed (version, id)
        JOIN cms_searchentry e ON e.version = changed.version AND e.id = changed.id
        ORDER BY e.key
    ) noted
    ON CONFLICT (key) DO UPDATE SET since = excluded.since, attempts = 0;
END $$;

CREATE OR REPLACE FUNCTION cms_forget_names(pages integer[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    naming integer[] := ARRAY(SELECT id FROM cms_searchfacet WHERE facet = 'noemt' AND value = ANY (pages::text[]));
BEGIN
    IF naming = '{}' THEN
        RETURN;
    END IF;
    WITH changed AS (
        UPDATE cms_searchentry SET tsv = ts_filter(tsv, '{a,c}'), rv = ts_filter(rv, '{a,c}')
        WHERE facets && naming RETURNING version, id, key
    ), own AS (
        UPDATE cms_searchpart p SET tsv = ts_filter(p.tsv, '{a,c}') FROM changed
        WHERE p.version = changed.version AND p.entry_id = changed.id AND p.ordinal = 0
    )
    INSERT INTO cms_pendingentry (key, since, attempts, message)
    SELECT key, clock_timestamp(), 0, '' FROM (SELECT DISTINCT key FROM changed ORDER BY key) noted
    ON CONFLICT (key) DO UPDATE SET since = excluded.since, attempts = 0;
END $$;
"""

NO_NOTING = "DROP FUNCTION cms_note_referring(text, text, text[]);"

# Wagtail forgets the references to what is deleted before the row itself goes: then nobody knows any more who referred.
GONE = """
CREATE FUNCTION cms_on_references_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cms_pendingentry (key, since, attempts, message)
    SELECT key, clock_timestamp(), 0, '' FROM (
        SELECT DISTINCT 'page:' || gone.object_id AS key
        FROM gone JOIN django_content_type source ON source.id = gone.base_content_type_id
        WHERE source.app_label = 'wagtailcore' AND source.model = 'page'
        ORDER BY 1
    ) referring
    ON CONFLICT (key) DO UPDATE SET since = excluded.since, attempts = 0;
    RETURN NULL;
END $$;
CREATE TRIGGER cms_references_gone AFTER DELETE ON wagtailcore_referenceindex REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION cms_on_references_gone();
"""
NO_GONE = """
DROP TRIGGER cms_references_gone ON wagtailcore_referenceindex;
DROP FUNCTION cms_on_references_gone();
"""

PAGES = """
CREATE FUNCTION cms_on_entry_visibility() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM cms_note_referring('wagtailcore', 'page', ARRAY[OLD.page_id::text]);
    RETURN NULL;
END $$;
CREATE TRIGGER cms_entry_visibility AFTER UPDATE ON cms_searchentry FOR EACH ROW
    WHEN (
        OLD.site_id IS DISTINCT FROM NEW.site_id
        OR OLD.published IS DISTINCT FROM NEW.published
        OR OLD.expires_at IS DISTINCT FROM NEW.expires_at
        OR OLD.restrictions IS DISTINCT FROM NEW.restrictions
    )
    EXECUTE FUNCTION cms_on_entry_visibility();
CREATE TRIGGER cms_entry_gone AFTER DELETE ON cms_searchentry FOR EACH ROW EXECUTE FUNCTION cms_on_entry_visibility();
"""
NO_PAGES = """
DROP TRIGGER cms_entry_visibility ON cms_searchentry;
DROP TRIGGER cms_entry_gone ON cms_searchentry;
DROP FUNCTION cms_on_entry_visibility();
"""

FILES = """
CREATE FUNCTION cms_on_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM cms_note_referring('cms', TG_ARGV[0], ARRAY[OLD.id::text]);
    RETURN NULL;
END $$;
CREATE TRIGGER cms_image_moved AFTER UPDATE ON cms_cmsimage FOR EACH ROW
    WHEN (OLD.collection_id IS DISTINCT FROM NEW.collection_id) EXECUTE FUNCTION cms_on_file('cmsimage');
CREATE TRIGGER cms_image_gone AFTER DELETE ON cms_cmsimage FOR EACH ROW EXECUTE FUNCTION cms_on_file('cmsimage');
CREATE TRIGGER cms_document_moved AFTER UPDATE ON cms_cmsdocument FOR EACH ROW
    WHEN (OLD.collection_id IS DISTINCT FROM NEW.collection_id) EXECUTE FUNCTION cms_on_file('cmsdocument');
CREATE TRIGGER cms_document_gone AFTER DELETE ON cms_cmsdocument FOR EACH ROW
    EXECUTE FUNCTION cms_on_file('cmsdocument');

CREATE FUNCTION cms_note_collection(root text) RETURNS void LANGUAGE sql AS $$
    SELECT cms_note_referring('cms', 'cmsimage', array_agg(i.id::text))
    FROM cms_cmsimage i JOIN wagtailcore_collection c ON c.id = i.collection_id
    WHERE c.path ~>=~ root AND c.path ~<~ (root || '~');
    SELECT cms_note_referring('cms', 'cmsdocument', array_agg(d.id::text))
    FROM cms_cmsdocument d JOIN wagtailcore_collection c ON c.id = d.collection_id
    WHERE c.path ~>=~ root AND c.path ~<~ (root || '~')
$$;
CREATE FUNCTION cms_on_collection_of_files() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM cms_note_collection(NEW.path);
    RETURN NULL;
END $$;
CREATE TRIGGER cms_collection_moved AFTER UPDATE ON wagtailcore_collection FOR EACH ROW
    WHEN (OLD.path IS DISTINCT FROM NEW.path) EXECUTE FUNCTION cms_on_collection_of_files();

CREATE FUNCTION cms_on_restriction_of_files() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM cms_note_collection(c.path) FROM wagtailcore_collection c
    WHERE (TG_OP <> 'INSERT' AND c.id = OLD.collection_id) OR (TG_OP <> 'DELETE' AND c.id = NEW.collection_id);
    RETURN NULL;
END $$;
CREATE TRIGGER cms_restriction_of_files AFTER INSERT OR DELETE ON wagtailcore_collectionviewrestriction
    FOR EACH ROW EXECUTE FUNCTION cms_on_restriction_of_files();
CREATE TRIGGER cms_restriction_of_files_moved AFTER UPDATE ON wagtailcore_collectionviewrestriction FOR EACH ROW
    WHEN (OLD.collection_id IS DISTINCT FROM NEW.collection_id) EXECUTE FUNCTION cms_on_restriction_of_files();
"""
NO_FILES = """
DROP TRIGGER cms_image_moved ON cms_cmsimage;
DROP TRIGGER cms_image_gone ON cms_cmsimage;
DROP TRIGGER cms_document_moved ON cms_cmsdocument;
DROP TRIGGER cms_document_gone ON cms_cmsdocument;
DROP TRIGGER cms_collection_moved ON wagtailcore_collection;
DROP TRIGGER cms_restriction_of_files ON wagtailcore_collectionviewrestriction;
DROP TRIGGER cms_restriction_of_files_moved ON wagtailcore_collectionviewrestriction;
DROP FUNCTION cms_on_restriction_of_files();
DROP FUNCTION cms_on_collection_of_files();
DROP FUNCTION cms_note_collection(text);
DROP FUNCTION cms_on_file();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0009_search_facet_bits"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        # The functions of before would do no harm to go back to, and these no harm to keep.
        migrations.RunSQL(ONCE, migrations.RunSQL.noop),
        migrations.RunSQL(NOTING, NO_NOTING),
        migrations.RunSQL(GONE, NO_GONE),
        migrations.RunSQL(PAGES, NO_PAGES),
        migrations.RunSQL(FILES, NO_FILES),
    ]
