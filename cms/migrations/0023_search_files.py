from django.db import migrations

# An app that says which files an entry holds calls these where a file is taken off it, in the same transaction
# (kennisbank/migrations/0004_search_files.py). The worker puts back what may stay.
LOCK = "7301"
# Two transactions that change bits without the lock of those who write: who draws the higher number of a change must
# also be done later (cms/search/bits.py).
CHANGES = "7305"
BLOCK = "8000"

FUNCTIONS = (
    """
CREATE FUNCTION cms_forget_document_of(entry_key text, document bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    versions integer[];
    entries integer[];
BEGIN
    PERFORM pg_advisory_xact_lock_shared(LOCK);
    WITH gone AS (
        DELETE FROM cms_searchpart p USING cms_indexversion v, cms_searchentry e
        WHERE e.version = v.number AND e.key = entry_key
            AND p.version = e.version AND p.entry_id = e.id AND p.document_id = document
        RETURNING p.version, p.entry_id
    ), once AS (SELECT DISTINCT version, entry_id FROM gone)
    SELECT array_agg(version), array_agg(entry_id) INTO versions, entries FROM once;
    IF versions IS NOT NULL THEN
        PERFORM cms_own_words(versions, entries);
        PERFORM cms_note_entries(versions, entries);
    END IF;
END $$;

-- Of one facet, an entry keeps these values only.
CREATE FUNCTION cms_keep_values(entry_key text, of_facet text, kept text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    others integer[];
BEGIN
    PERFORM pg_advisory_xact_lock_shared(LOCK);
    SELECT array_agg(f.id) INTO others FROM cms_searchfacet f
    WHERE f.facet = of_facet AND f.value <> ALL (kept)
        AND EXISTS (
            SELECT 1 FROM cms_indexversion v JOIN cms_searchentry e ON e.version = v.number AND e.key = entry_key
            WHERE f.id = ANY (e.facets)
        );
    IF others IS NULL THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(CHANGES);
    WITH changed AS (
        UPDATE cms_searchentry e
        SET facets = ARRAY(SELECT id FROM unnest(e.facets) AS id WHERE id <> ALL (others) ORDER BY id)
        FROM cms_indexversion v
        WHERE e.version = v.number AND e.key = entry_key AND e.facets && others RETURNING e.version, e.id
    )
    UPDATE cms_searchfacetbits b
    SET bits = set_bit(b.bits::bit(BLOCK), changed.id % BLOCK, 0),
        changed = (SELECT nextval('cms_searchfacetbits_changes'))
    FROM changed
    WHERE b.version = changed.version AND b.block = changed.id / BLOCK AND b.facet = ANY (others);
END $$;
""".replace("BLOCK", BLOCK)
    .replace("LOCK", LOCK)
    .replace("CHANGES", CHANGES)
)
NO_FUNCTIONS = """
DROP FUNCTION cms_keep_values(text, text, text[]);
DROP FUNCTION cms_forget_document_of(text, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("cms", "0022_search_titles")]

    operations = [migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS)]
