from django.db import migrations, models

# What was known of them is in the message only.
UNSAFE = """
UPDATE cms_cmsdocument SET extraction_state = 'unsafe'
WHERE extraction_state = 'failed' AND extraction_message LIKE 'Dit bestand is gemaakt om programma''s te laten vastlopen%'
   OR extraction_state = 'too_big' AND extraction_message LIKE 'Dit bestand wordt bij het uitpakken veel te groot%'
"""
AS_BEFORE = "UPDATE cms_cmsdocument SET extraction_state = 'failed' WHERE extraction_state = 'unsafe'"


class Migration(migrations.Migration):
    dependencies = [("cms", "0020_outbox")]

    operations = [
        migrations.AlterField(
            model_name="cmsdocument",
            name="extraction_state",
            field=models.CharField(
                choices=[
                    ("queued", "wacht op lezen"),
                    ("running", "wordt gelezen"),
                    ("done", "gelezen"),
                    ("no_text", "geen tekst"),
                    ("failed", "niet te lezen"),
                    ("too_big", "te groot"),
                    ("unsafe", "onveilig"),
                ],
                default="queued",
                editable=False,
                max_length=10,
                verbose_name="lezen",
            ),
        ),
        migrations.RunSQL(UNSAFE, AS_BEFORE),
    ]
