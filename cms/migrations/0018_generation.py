from django.db import migrations

# The generation of what the public may see is all tokens together (cms/caching/generation.py): a transaction that
# changes something gives one of them a new random value, once. Not a number that rises: after a restored backup the
# same number would come back for other content. Several tokens, each taken by one transaction at a time without
# waiting for it, so that no two editors wait for each other; only the 33rd transaction at once would.
SLOTS = 32
LOCK = 7302

GENERATION = f"""
CREATE TABLE cms_generation (slot smallint PRIMARY KEY, token uuid NOT NULL) WITH (fillfactor = 20);
INSERT INTO cms_generation (slot, token) SELECT n, gen_random_uuid() FROM generate_series(0, {SLOTS - 1}) n;

CREATE FUNCTION cms_raise_generation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    this text := pg_current_xact_id()::text;
    mine integer := pg_backend_pid() % {SLOTS};
    tries integer := 0;
BEGIN
    IF current_setting('cms.raised', true) IS NOT DISTINCT FROM this THEN
        RETURN NULL;
    END IF;
    WHILE tries < {SLOTS} AND NOT pg_try_advisory_xact_lock({LOCK}, mine) LOOP
        mine := (mine + 1) % {SLOTS};
        tries := tries + 1;
    END LOOP;
    INSERT INTO cms_generation (slot, token) VALUES (mine, gen_random_uuid())
    ON CONFLICT (slot) DO UPDATE SET token = excluded.token;
    -- Undone with a savepoint that is rolled back, as the new token is.
    PERFORM set_config('cms.raised', this, true);
    RETURN NULL;
END $$;
"""
# The triggers are made after each `migrate` (cms/caching/watching.py), and go with the function.
NO_GENERATION = """
DROP FUNCTION cms_raise_generation() CASCADE;
DROP TABLE cms_generation;
"""


class Migration(migrations.Migration):
    dependencies = [("cms", "0013_api_tokens")]

    operations = [migrations.RunSQL(GENERATION, NO_GENERATION)]
