from django.db import migrations

# A file that is taken off a publication is found no more in the transaction that takes it off, whatever code does it:
# hence a trigger, as for all else that decides who sees what (cms/migrations/0008_search_visibility.py). It runs at the
# end of the transaction: publishing takes files off and puts them back, and then they must stay findable.
TRIGGERS = """
CREATE FUNCTION kennisbank_on_file() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    entry_key text := 'page:' || OLD.page_id;
BEGIN
    -- Put back since, or standing there twice.
    IF NOT EXISTS (
        SELECT 1 FROM kennisbank_publicationfile f
        WHERE f.page_id = OLD.page_id AND f.document_id = OLD.document_id
    ) THEN
        PERFORM cms_forget_document_of(entry_key, OLD.document_id);
        PERFORM cms_keep_values(entry_key, 'bestandstype', ARRAY(
            SELECT lower(substring(d.file FROM '[.]([^./]+)$')) FROM kennisbank_publicationfile f
            JOIN cms_cmsdocument d ON d.id = f.document_id
            WHERE f.page_id = OLD.page_id AND d.file ~ '[.][^./]+$' AND NOT cms_collection_private(d.collection_id)
        ));
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER kennisbank_file_taken_off AFTER DELETE ON kennisbank_publicationfile
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION kennisbank_on_file();
CREATE CONSTRAINT TRIGGER kennisbank_file_replaced AFTER UPDATE ON kennisbank_publicationfile
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.document_id IS DISTINCT FROM NEW.document_id OR OLD.page_id IS DISTINCT FROM NEW.page_id)
    EXECUTE FUNCTION kennisbank_on_file();
"""
NO_TRIGGERS = """
DROP TRIGGER kennisbank_file_taken_off ON kennisbank_publicationfile;
DROP TRIGGER kennisbank_file_replaced ON kennisbank_publicationfile;
DROP FUNCTION kennisbank_on_file();
"""


class Migration(migrations.Migration):
    dependencies = [("kennisbank", "0003_bulk_upload"), ("cms", "0023_search_files")]

    operations = [migrations.RunSQL(TRIGGERS, NO_TRIGGERS)]
