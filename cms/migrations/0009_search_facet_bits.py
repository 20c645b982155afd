from django.db import migrations

# Each value of a facet has a row of bits, one an entry, in pieces of BLOCK entries: the values of what was found are
# counted by laying its bits over theirs. Unpacking an array of each entry found took four times as long.
BLOCK = 8000
TABLE = f"""
CREATE AGGREGATE cms_bits(integer, integer) (SFUNC = set_bit, STYPE = bit, INITCOND = '{"0" * BLOCK}');
CREATE TABLE cms_searchfacetbits (
    version smallint NOT NULL,
    block integer NOT NULL,
    facet integer NOT NULL,
    bits bit varying NOT NULL,
    PRIMARY KEY (version, block, facet)
) PARTITION BY LIST (version);
"""
NO_TABLE = """
DROP TABLE cms_searchfacetbits;
DROP AGGREGATE cms_bits(integer, integer);
"""
# What cms/search/versions.py gives a new version: the versions that are there already get it here.
PARTITIONS = f"""
DO $$
DECLARE
    number integer;
BEGIN
    FOR number IN SELECT v.number FROM cms_indexversion v LOOP
        EXECUTE format('CREATE TABLE cms_searchfacetbits_%1$s (LIKE cms_searchfacetbits INCLUDING DEFAULTS)', number);
        EXECUTE format('ALTER TABLE cms_searchfacetbits_%1$s ALTER COLUMN bits SET STORAGE PLAIN', number);
        EXECUTE format('ALTER TABLE cms_searchfacetbits ATTACH PARTITION cms_searchfacetbits_%1$s FOR VALUES IN (%1$s)',
            number);
        EXECUTE format('CREATE INDEX IF NOT EXISTS cms_searchentry_%1$s_rv ON cms_searchentry_%1$s USING gin (rv)',
            number);
        EXECUTE format('CREATE INDEX IF NOT EXISTS cms_searchentry_%1$s_date ON cms_searchentry_%1$s'
            ' (date DESC NULLS LAST, id DESC)', number);
        EXECUTE format('CREATE INDEX IF NOT EXISTS cms_searchentry_%1$s_public ON cms_searchentry_%1$s'
            ' (language, site_id, kind, id) INCLUDE (version, expires_at) WHERE published AND restrictions = ''{{}}''',
            number);
    END LOOP;
END $$;
INSERT INTO cms_searchfacetbits (version, block, facet, bits)
SELECT version, id / {BLOCK}, facet, cms_bits(id % {BLOCK}, 1)
FROM (SELECT version, id, unnest(facets) AS facet FROM cms_searchentry) each GROUP BY version, id / {BLOCK}, facet;
"""
NO_INDEXES = """
DO $$
DECLARE
    number integer;
BEGIN
    FOR number IN SELECT v.number FROM cms_indexversion v LOOP
        EXECUTE format('DROP INDEX IF EXISTS cms_searchentry_%1$s_rv, cms_searchentry_%1$s_date,'
            ' cms_searchentry_%1$s_public', number);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("cms", "0008_search_visibility")]

    operations = [
        migrations.RunSQL(TABLE, NO_TABLE),
        migrations.RunSQL(PARTITIONS, NO_INDEXES),
    ]
