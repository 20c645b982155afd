import importlib

import cms.models.webhook
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models

# Who is told of changes is told in the words of Cache-Tag: the triggers note them here, in the transaction of the change,
# and cms/outbox/gathering.py makes messages of them. A row a word and transaction: with one row a word, an editor would
# wait for another who changes the same page.
NOTED = """
CREATE TABLE cms_change (
    transaction bigint NOT NULL,
    word text NOT NULL,
    noted_at timestamptz NOT NULL DEFAULT statement_timestamp(),
    PRIMARY KEY (transaction, word)
);
CREATE TABLE cms_told (told_until timestamptz NOT NULL);
INSERT INTO cms_told VALUES (statement_timestamp());
"""
NOTHING_NOTED = "DROP TABLE cms_change, cms_told;"

_before = importlib.import_module("cms.migrations.0018_generation")
BEFORE = _before.GENERATION[_before.GENERATION.index("CREATE FUNCTION") :].replace("CREATE", "CREATE OR REPLACE", 1)
SLOTS, LOCK = _before.SLOTS, _before.LOCK

# The arguments are those of cms/outbox/words.py.
NOW = f"""
CREATE OR REPLACE FUNCTION cms_raise_generation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    this text := pg_current_xact_id()::text;
    mine integer := pg_backend_pid() % {SLOTS};
    tries integer := 0;
    versions jsonb[];
    version jsonb;
    argument text;
    parts text[];
    value text;
    is_live boolean;
    any_live boolean;
    words text[] := ARRAY[''];
BEGIN
    IF current_setting('cms.raised', true) IS DISTINCT FROM this THEN
        WHILE tries < {SLOTS} AND NOT pg_try_advisory_xact_lock({LOCK}, mine) LOOP
            mine := (mine + 1) % {SLOTS};
            tries := tries + 1;
        END LOOP;
        INSERT INTO cms_generation (slot, token) VALUES (mine, gen_random_uuid())
        ON CONFLICT (slot) DO UPDATE SET token = excluded.token;
        -- Undone with a savepoint that is rolled back, as the new token is.
        PERFORM set_config('cms.raised', this, true);
    END IF;

    IF TG_LEVEL = 'ROW' THEN
        IF TG_OP = 'INSERT' THEN
            versions := ARRAY[to_jsonb(NEW)];
        ELSIF TG_OP = 'DELETE' THEN
            versions := ARRAY[to_jsonb(OLD)];
        ELSE
            versions := ARRAY[to_jsonb(OLD), to_jsonb(NEW)];
        END IF;
        -- A draft is nobody's business.
        IF jsonb_exists(versions[1], 'live')
            AND NOT EXISTS (SELECT FROM unnest(versions) v WHERE (v->>'live')::boolean) THEN
            RETURN NULL;
        END IF;
        FOR place IN 0 .. TG_NARGS - 1 LOOP
            argument := TG_ARGV[place];
            parts := string_to_array(argument, ':');
            IF left(argument, 1) = '@' THEN
                any_live := false;
                FOREACH version IN ARRAY versions LOOP
                    value := version->>parts[3];
                    IF parts[4] IS NOT NULL AND NOT starts_with(value, parts[4]) THEN
                        any_live := true;
                    ELSIF value IS NOT NULL THEN
                        EXECUTE format('SELECT live FROM %I WHERE %I = $1', substr(parts[1], 2), parts[2])
                        INTO is_live USING substring(value from '[0-9]+$')::bigint;
                        any_live := any_live OR coalesce(is_live, false);
                    END IF;
                END LOOP;
                IF NOT any_live THEN
                    RETURN NULL;
                END IF;
            ELSIF left(argument, 1) = '~' THEN
                IF EXISTS (
                    SELECT FROM django_content_type WHERE id = (versions[1]->>'base_content_type_id')::integer
                    AND app_label || '.' || model = ANY (string_to_array(substr(argument, 2), ','))
                ) THEN
                    RETURN NULL;
                END IF;
            ELSIF left(argument, 1) = '=' THEN
                words := words || substr(argument, 2);
            ELSE
                FOREACH version IN ARRAY versions LOOP
                    value := version->>parts[2];
                    IF value IS NOT NULL AND (
                        parts[1] <> 'page' OR TG_TABLE_NAME = 'wagtailcore_page'
                        OR EXISTS (SELECT FROM wagtailcore_page WHERE id = value::bigint AND live)
                    ) THEN
                        words := words || (parts[1] || '-' || value);
                    END IF;
                END LOOP;
            END IF;
        END LOOP;
    END IF;
    INSERT INTO cms_change (transaction, word) SELECT DISTINCT this::bigint, unnest(words)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("cms", "0019_form_submissions")]

    operations = [
        migrations.RunSQL(NOTED, NOTHING_NOTED),
        migrations.RunSQL(NOW, BEFORE),
        migrations.CreateModel(
            name='OutboxMessage',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('inhoud.gewijzigd', 'inhoud gewijzigd'), ('tijd.verstreken', 'tijd verstreken')], default='inhoud.gewijzigd', editable=False, max_length=30, verbose_name='soort')),
                ('happened_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, editable=False, verbose_name='tijdstip')),
                ('tags', models.JSONField(default=list, editable=False, verbose_name='woorden')),
                ('url_paths', models.JSONField(default=list, editable=False, verbose_name='paden')),
            ],
            options={
                'verbose_name': 'bericht over een wijziging',
                'verbose_name_plural': 'berichten over wijzigingen',
                'ordering': ['-happened_at', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Webhook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Van wie dit adres is, bijvoorbeeld: CDN.', max_length=100, verbose_name='naam')),
                ('url', models.CharField(help_text='Hierheen gaat bij elke wijziging een bericht. Het adres begint met https://.', max_length=500, validators=[cms.models.webhook.check_address], verbose_name='adres')),
                ('words', models.CharField(blank=True, help_text='Leeg: alle wijzigingen. Anders alleen een bericht met een woord van Cache-Tag dat zo begint, bijvoorbeeld type-thema part-banner. Zet er een spatie tussen.', max_length=500, validators=[cms.models.webhook.check_words], verbose_name='alleen deze woorden')),
                ('active', models.BooleanField(default=True, help_text='Uit: er gaat niets heen. Wat nog wachtte, gaat als u hem weer aanzet.', verbose_name='actief')),
                ('secret', models.CharField(default=cms.models.webhook.new_secret, editable=False, help_text='Hiermee is elk bericht ondertekend. Geef het alleen aan wie de berichten ontvangt.', max_length=100, verbose_name='geheim')),
            ],
            options={
                'verbose_name': 'webhook',
                'verbose_name_plural': 'webhooks',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cache', models.CharField(blank=True, editable=False, max_length=100, verbose_name='cache')),
                ('state', models.CharField(choices=[('wacht', 'wacht'), ('afgeleverd', 'afgeleverd'), ('mislukt', 'mislukt, gaat vanzelf opnieuw'), ('opgegeven', 'opgegeven')], default='wacht', editable=False, max_length=10, verbose_name='stand')),
                ('attempts', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='pogingen')),
                ('next_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='volgende poging')),
                ('answer', models.CharField(blank=True, editable=False, max_length=200, verbose_name='laatste antwoord')),
                ('message', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, to='cms.outboxmessage', verbose_name='bericht')),
                ('webhook', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, to='cms.webhook', verbose_name='webhook')),
            ],
            options={
                'verbose_name': 'aflevering',
                'verbose_name_plural': 'afleveringen',
                'ordering': ['-message__happened_at', '-pk'],
                'default_permissions': (),
                'indexes': [models.Index(condition=models.Q(('state__in', ['wacht', 'mislukt'])), fields=['next_at'], name='cms_delivery_unfinished'), models.Index(fields=['state', '-id'], name='cms_delivery_state')],
            },
        ),
    ]
