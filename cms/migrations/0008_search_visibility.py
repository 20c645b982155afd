from django.db import migrations

# Who may see an entry of the index is kept in its row, and changes in the transaction that changes the page, its
# ancestors, their view restrictions or the site, whatever code does it: hence triggers. cms/search/writing.py takes
# the same lock alone while it adds rows, so that no change falls between its look at a page and its row.
LOCK = "7301"

VISIBILITY = """
CREATE FUNCTION cms_page_visibility(page_path text)
RETURNS TABLE (site_id integer, published boolean, expires_at timestamptz, restrictions integer[])
LANGUAGE sql STABLE ROWS 1 AS $$
    WITH line AS MATERIALIZED (
        SELECT a.id, a.path, a.live, a.expire_at, a.translation_key
        FROM generate_series(4, length(page_path), 4) AS n
        JOIN wagtailcore_page a ON a.path = left(page_path, n)
    )
    SELECT
        (
            SELECT s.id FROM line
            JOIN wagtailcore_page root ON root.translation_key = line.translation_key
            JOIN wagtailcore_site s ON s.root_page_id = root.id
            ORDER BY length(line.path) DESC, s.is_default_site DESC, s.id LIMIT 1
        ),
        coalesce((SELECT bool_and(line.live) FROM line), false),
        (SELECT min(line.expire_at) FROM line),
        coalesce(
            (
                SELECT array_agg(v.id::integer ORDER BY v.id) FROM line
                JOIN wagtailcore_pageviewrestriction v ON v.page_id = line.id
            ),
            '{}'
        )
$$;

-- The names of pages that are no longer public go from the words of other entries at once, with all of weight B and
-- with parts of compounds (D); the worker puts back what may stay.
CREATE FUNCTION cms_forget_names(pages integer[]) RETURNS void LANGUAGE plpgsql AS $$
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
    SELECT DISTINCT key, clock_timestamp(), 0, '' FROM changed ORDER BY key
    ON CONFLICT (key) DO UPDATE SET since = excluded.since, attempts = 0;
END $$;

CREATE FUNCTION cms_refresh_pages(root text, below boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    hidden integer[];
BEGIN
    PERFORM pg_advisory_xact_lock_shared(LOCK);
    WITH changed AS (
        UPDATE cms_searchentry e
        SET site_id = v.site_id, published = v.published, expires_at = v.expires_at, restrictions = v.restrictions
        FROM wagtailcore_page p CROSS JOIN LATERAL cms_page_visibility(p.path) v
        -- Letters and digits, of which paths are, stand between "!" and "~".
        WHERE p.path ~>=~ root AND p.path ~<~ (root || CASE WHEN below THEN '~' ELSE '!' END)
            AND e.page_id = p.id
            AND ROW(e.site_id, e.published, e.expires_at, e.restrictions)
                IS DISTINCT FROM ROW(v.site_id, v.published, v.expires_at, v.restrictions)
        RETURNING e.page_id, e.published AND e.restrictions = '{}'
            AND (e.expires_at IS NULL OR e.expires_at > clock_timestamp()) AS public
    )
    SELECT array_agg(DISTINCT page_id) INTO hidden FROM changed WHERE NOT public;
    IF hidden IS NOT NULL THEN
        PERFORM cms_forget_names(hidden);
    END IF;
END $$;
""".replace("LOCK", LOCK)

NO_VISIBILITY = """
DROP FUNCTION cms_refresh_pages(text, boolean);
DROP FUNCTION cms_forget_names(integer[]);
DROP FUNCTION cms_page_visibility(text);
"""

PAGES = """
CREATE FUNCTION cms_on_page() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        PERFORM cms_refresh_pages(NEW.path, OLD.path = NEW.path);
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock_shared(LOCK);
    WITH gone AS (DELETE FROM cms_searchentry WHERE page_id = OLD.id RETURNING version, id)
    DELETE FROM cms_searchpart p USING gone WHERE p.version = gone.version AND p.entry_id = gone.id;
    PERFORM cms_forget_names(ARRAY[OLD.id]);
    IF NOT OLD.live OR OLD.expire_at IS NOT NULL THEN
        PERFORM cms_refresh_pages(OLD.path, true);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER cms_search_page_changed AFTER UPDATE ON wagtailcore_page FOR EACH ROW
    WHEN (
        OLD.path = NEW.path
        AND (
            OLD.live IS DISTINCT FROM NEW.live
            OR OLD.expire_at IS DISTINCT FROM NEW.expire_at
            OR OLD.translation_key IS DISTINCT FROM NEW.translation_key
        )
    )
    EXECUTE FUNCTION cms_on_page();
-- The pages below a page that moves have their own paths changed: each sees to itself.
CREATE TRIGGER cms_search_page_moved AFTER UPDATE ON wagtailcore_page FOR EACH ROW
    WHEN (OLD.path IS DISTINCT FROM NEW.path) EXECUTE FUNCTION cms_on_page();
CREATE TRIGGER cms_search_page_gone AFTER DELETE ON wagtailcore_page FOR EACH ROW EXECUTE FUNCTION cms_on_page();

CREATE FUNCTION cms_on_page_restriction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM cms_refresh_pages(p.path, true) FROM wagtailcore_page p WHERE p.id = OLD.page_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM cms_refresh_pages(p.path, true) FROM wagtailcore_page p WHERE p.id = NEW.page_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER cms_search_restriction AFTER INSERT OR DELETE ON wagtailcore_pageviewrestriction FOR EACH ROW
    EXECUTE FUNCTION cms_on_page_restriction();
CREATE TRIGGER cms_search_restriction_moved AFTER UPDATE ON wagtailcore_pageviewrestriction FOR EACH ROW
    WHEN (OLD.page_id IS DISTINCT FROM NEW.page_id) EXECUTE FUNCTION cms_on_page_restriction();

-- A site is its root page in every language, and what stands below those.
CREATE FUNCTION cms_on_site() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM cms_refresh_pages(p.path, true) FROM wagtailcore_page p
    WHERE p.translation_key IN (
        SELECT root.translation_key FROM wagtailcore_page root
        WHERE (TG_OP <> 'INSERT' AND root.id = OLD.root_page_id) OR (TG_OP <> 'DELETE' AND root.id = NEW.root_page_id)
    );
    RETURN NULL;
END $$;
CREATE TRIGGER cms_search_site AFTER INSERT OR DELETE ON wagtailcore_site FOR EACH ROW EXECUTE FUNCTION cms_on_site();
CREATE TRIGGER cms_search_site_changed AFTER UPDATE ON wagtailcore_site FOR EACH ROW
    WHEN (
        OLD.root_page_id IS DISTINCT FROM NEW.root_page_id OR OLD.is_default_site IS DISTINCT FROM NEW.is_default_site
    )
    EXECUTE FUNCTION cms_on_site();
""".replace("LOCK", LOCK)
NO_PAGES = """
DROP TRIGGER cms_search_page_changed ON wagtailcore_page;
DROP TRIGGER cms_search_page_moved ON wagtailcore_page;
DROP TRIGGER cms_search_page_gone ON wagtailcore_page;
DROP TRIGGER cms_search_restriction ON wagtailcore_pageviewrestriction;
DROP TRIGGER cms_search_restriction_moved ON wagtailcore_pageviewrestriction;
DROP TRIGGER cms_search_site ON wagtailcore_site;
DROP TRIGGER cms_search_site_changed ON wagtailcore_site;
DROP FUNCTION cms_on_page();
DROP FUNCTION cms_on_page_restriction();
DROP FUNCTION cms_on_site();
"""

# An entry that may not show the words of a file any more falls back on its own words; the worker adds the others.
DOCUMENTS = """
CREATE FUNCTION cms_collection_private(collection integer) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM wagtailcore_collection c
        CROSS JOIN generate_series(4, length(c.path), 4) AS n
        JOIN wagtailcore_collection a ON a.path = left(c.path, n)
        JOIN wagtailcore_collectionviewrestriction v ON v.collection_id = a.id
        WHERE c.id = collection
    )
$$;

CREATE FUNCTION cms_own_words(versions integer[], entries integer[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE cms_searchentry e SET tsv = own.tsv
    FROM unnest(versions, entries) AS changed (version, id), cms_searchpart own
    WHERE e.version = changed.version AND e.id = changed.id
        AND own.version = e.version AND own.entry_id = e.id AND own.ordinal = 0;
END $$;

CREATE FUNCTION cms_note_entries(versions integer[], entries integer[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cms_pendingentry (key, since, attempts, message)
    SELECT DISTINCT e.key, clock_timestamp(), 0, ''
    FROM unnest(versions, entries) AS changed (version, id)
    JOIN cms_searchentry e ON e.version = changed.version AND e.id = changed.id
    ORDER BY e.key
    ON CONFLICT (key) DO UPDATE SET since = excluded.since, attempts = 0;
END $$;

CREATE FUNCTION cms_refresh_documents(documents bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    versions integer[];
    entries integer[];
    shut boolean[];
BEGIN
    PERFORM pg_advisory_xact_lock_shared(LOCK);
    WITH now AS MATERIALIZED (
        SELECT d.id, cms_collection_private(d.collection_id) AS hidden
        FROM cms_cmsdocument d WHERE d.id = ANY (documents)
    ), changed AS (
        UPDATE cms_searchpart p SET hidden = now.hidden FROM now
        WHERE p.document_id = now.id AND p.hidden <> now.hidden
        RETURNING p.version, p.entry_id, p.hidden
    ), once AS (
        SELECT version, entry_id, bool_or(hidden) AS hidden FROM changed GROUP BY version, entry_id
    )
    SELECT array_agg(version), array_agg(entry_id), array_agg(hidden) INTO versions, entries, shut FROM once;
    IF versions IS NULL THEN
        RETURN;
    END IF;
    PERFORM cms_own_words(array_agg(v), array_agg(e)) FROM unnest(versions, entries, shut) AS c (v, e, s) WHERE s;
    PERFORM cms_note_entries(versions, entries);
END $$;

CREATE FUNCTION cms_forget_document(document bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    versions integer[];
    entries integer[];
BEGIN
    PERFORM pg_advisory_xact_lock_shared(LOCK);
    WITH gone AS (DELETE FROM cms_searchpart WHERE document_id = document RETURNING version, entry_id),
    once AS (SELECT DISTINCT version, entry_id FROM gone)
    SELECT array_agg(version), array_agg(entry_id) INTO versions, entries FROM once;
    IF versions IS NOT NULL THEN
        PERFORM cms_own_words(versions, entries);
        PERFORM cms_note_entries(versions, entries);
    END IF;
END $$;

CREATE FUNCTION cms_on_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.content_hash IS DISTINCT FROM NEW.content_hash THEN
        PERFORM cms_forget_document(OLD.id);
    ELSE
        PERFORM cms_refresh_documents(ARRAY[NEW.id]);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER cms_search_document AFTER UPDATE ON cms_cmsdocument FOR EACH ROW
    WHEN (
        OLD.collection_id IS DISTINCT FROM NEW.collection_id
        OR (OLD.content_hash IS DISTINCT FROM NEW.content_hash AND OLD.content_hash <> '')
    )
    EXECUTE FUNCTION cms_on_document();
CREATE TRIGGER cms_search_document_gone AFTER DELETE ON cms_cmsdocument FOR EACH ROW
    EXECUTE FUNCTION cms_on_document();

CREATE FUNCTION cms_on_collection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM cms_refresh_documents(array_agg(d.id)) FROM cms_cmsdocument d WHERE d.collection_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER cms_search_collection AFTER UPDATE ON wagtailcore_collection FOR EACH ROW
    WHEN (OLD.path IS DISTINCT FROM NEW.path) EXECUTE FUNCTION cms_on_collection();

CREATE FUNCTION cms_on_collection_restriction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM cms_refresh_documents(array_agg(d.id)) FROM cms_cmsdocument d
    JOIN wagtailcore_collection c ON c.id = d.collection_id
    JOIN wagtailcore_collection root ON c.path ~>=~ root.path AND c.path ~<~ (root.path || '~')
    WHERE (TG_OP <> 'INSERT' AND root.id = OLD.collection_id) OR (TG_OP <> 'DELETE' AND root.id = NEW.collection_id);
    RETURN NULL;
END $$;
CREATE TRIGGER cms_search_collection_restriction AFTER INSERT OR DELETE ON wagtailcore_collectionviewrestriction
    FOR EACH ROW EXECUTE FUNCTION cms_on_collection_restriction();
CREATE TRIGGER cms_search_collection_restriction_moved AFTER UPDATE ON wagtailcore_collectionviewrestriction
    FOR EACH ROW WHEN (OLD.collection_id IS DISTINCT FROM NEW.collection_id)
    EXECUTE FUNCTION cms_on_collection_restriction();
""".replace("LOCK", LOCK)
NO_DOCUMENTS = """
DROP TRIGGER cms_search_document ON cms_cmsdocument;
DROP TRIGGER cms_search_document_gone ON cms_cmsdocument;
DROP TRIGGER cms_search_collection ON wagtailcore_collection;
DROP TRIGGER cms_search_collection_restriction ON wagtailcore_collectionviewrestriction;
DROP TRIGGER cms_search_collection_restriction_moved ON wagtailcore_collectionviewrestriction;
DROP FUNCTION cms_on_document();
DROP FUNCTION cms_on_collection();
DROP FUNCTION cms_on_collection_restriction();
DROP FUNCTION cms_forget_document(bigint);
DROP FUNCTION cms_refresh_documents(bigint[]);
DROP FUNCTION cms_note_entries(integer[], integer[]);
DROP FUNCTION cms_own_words(integer[], integer[]);
DROP FUNCTION cms_collection_private(integer);
"""

# A version gets these of its own once it is filled (cms/search/versions.py): that is several times quicker.
LATE_INDEXES = "DROP INDEX cms_searchentry_tsv; DROP INDEX cms_searchword_deletions;"
EARLY_INDEXES = """
CREATE INDEX cms_searchentry_tsv ON cms_searchentry USING gin (tsv);
CREATE INDEX cms_searchword_deletions ON cms_searchword USING gin (deletions);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0007_search_tables"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RunSQL(VISIBILITY, NO_VISIBILITY),
        migrations.RunSQL(PAGES, NO_PAGES),
        migrations.RunSQL(DOCUMENTS, NO_DOCUMENTS),
        migrations.RunSQL(LATE_INDEXES, EARLY_INDEXES),
    ]
