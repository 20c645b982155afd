import datetime
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cms', '0011_document_version_was_published'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FrontendPreview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_hash', models.CharField(max_length=64, unique=True, verbose_name='afdruk van de code')),
                ('code_expires_at', models.DateTimeField(verbose_name='code geldig tot')),
                ('session_hash', models.CharField(max_length=64, null=True, unique=True, verbose_name='afdruk van de sessie')),
                ('expires_at', models.DateTimeField(db_index=True, verbose_name='geldig tot')),
                ('object_id', models.CharField(blank=True, max_length=255, verbose_name='nummer')),
                ('language', models.CharField(max_length=10, verbose_name='taal')),
                ('answer', models.JSONField(verbose_name='inhoud')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype', verbose_name='soort')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gebruiker')),
            ],
            options={
                'verbose_name': 'voorbeeld voor de frontend',
                'verbose_name_plural': 'voorbeelden voor de frontend',
            },
        ),
        migrations.CreateModel(
            name='ReviewLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key_hash', models.CharField(max_length=64, unique=True, verbose_name='afdruk van de sleutel')),
                ('reader', models.CharField(help_text='Een team of functie, zoals: jurist van de gemeente. Zo weet u later wiens link u intrekt.', max_length=100, verbose_name='voor wie')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='gemaakt op')),
                ('expires_at', models.DateTimeField(verbose_name='geldig tot')),
                ('revoked_at', models.DateTimeField(null=True, verbose_name='ingetrokken op')),
                ('opened_at', models.DateTimeField(null=True, verbose_name='laatst geopend')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gemaakt door')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='pagina')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.revision', verbose_name='versie')),
            ],
            options={
                'verbose_name': 'meeleeslink',
                'verbose_name_plural': 'meeleeslinks',
                'ordering': ['-made_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__lte', django.db.models.expressions.CombinedExpression(models.F('made_at'), '+', models.Value(datetime.timedelta(days=14))))), name='cms_reviewlink_two_weeks_at_most')],
            },
        ),
    ]
