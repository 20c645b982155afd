from django.db import migrations

# Entries of municipalities say which district they name (districts/search.py): those that are there are made anew.
NOTE = """
INSERT INTO cms_pendingentry (key, since, attempts, message)
SELECT key, clock_timestamp(), 0, '' FROM (
    SELECT DISTINCT key FROM cms_searchentry WHERE kind = 'gemeente' ORDER BY key
) noted
ON CONFLICT (key) DO UPDATE SET since = excluded.since, attempts = 0
"""


class Migration(migrations.Migration):
    dependencies = [("districts", "0002_priorities_and_tiles"), ("cms", "0022_search_titles")]

    operations = [migrations.RunSQL(NOTE, migrations.RunSQL.noop)]
