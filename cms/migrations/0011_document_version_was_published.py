from django.db import migrations, models


class Migration(migrations.Migration):
    """Versions that are there already stay as public as they were: what nobody knows of them, nobody hid."""

    dependencies = [("cms", "0010_search_references")]

    operations = [
        migrations.AddField(
            model_name="documentversion",
            name="was_published",
            field=models.BooleanField(default=True, editable=False, verbose_name="is gepubliceerd geweest"),
        ),
    ]
