from django.db import migrations

# Wagtail's search filters on both columns together, and its own migrations index each apart.
CREATE = "CREATE INDEX IF NOT EXISTS cms_search_title_body ON wagtailsearch_indexentry USING gin ((title || body))"


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0003_site_parts"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [migrations.RunSQL(CREATE, "DROP INDEX IF EXISTS cms_search_title_body")]
