"""Files marked as an older version become versions of the file that took their place.

Going back leaves them there: which file they were, a version does not know. Nothing is lost: the old document itself
stays in the library, at its own address.
"""

from collections import defaultdict
from pathlib import PurePath

from django.core.files.base import File
from django.db import migrations
from django.db.models import Max, Q

from cms.models.document import document_storage


def move_older_versions(apps, schema_editor):
    PublicationFile = apps.get_model("kennisbank", "PublicationFile")
    files_of_page = defaultdict(list)
    pages = PublicationFile.objects.filter(outdated=True).values("page")
    for file in PublicationFile.objects.filter(page__in=pages).select_related("document"):
        files_of_page[file.page_id].append(file)
    moved, pairs = set(), set()
    for files in files_of_page.values():
        current = [file for file in files if not file.outdated]
        for old in sorted((file for file in files if file.outdated), key=lambda file: file.document.created_at):
            newer = next((file for file in current if _kind(file) == _kind(old)), None)
            # A translation of a page has the same files: one version is enough.
            pair = (newer.document_id, old.document_id) if newer else None
            if newer and (pair in pairs or _add_version(apps, newer.document, old)):
                pairs.add(pair)
                moved.add(old.pk)
                PublicationFile.objects.filter(pk=old.pk).delete()
            else:
                title = (old.title or old.document.title)[:180]
                PublicationFile.objects.filter(pk=old.pk).update(title=f"{title} (oudere versie)")
    _clean_drafts(apps, moved)


def _kind(file):
    return PurePath(file.document.file.name).suffix.lower()


def _add_version(apps, document, old):
    """Copy the old file: the old document keeps its own. Says whether there was a file."""
    storage = document_storage()
    source = old.document.file.name
    if not storage.exists(source):
        return False
    with storage.open(source) as content:
        name = storage.save(PurePath(source).name, File(content))
    versions = apps.get_model("cms", "DocumentVersion").objects
    last = versions.filter(document=document).aggregate(last=Max("number"))["last"] or 0
    versions.create(
        document=document,
        number=last + 1,
        file=name,
        file_size=storage.size(name),
        content_hash=old.document.content_hash,
        media_type=old.document.media_type,
        page_count=old.document.page_count,
        placed_at=old.document.created_at,
        replaced_at=max(document.created_at, old.document.created_at),
        note=f"Versie {old.version}" if old.version else "",
    )
    return True


def _waiting_revisions(apps):
    """Drafts, and versions that wait for their day: publishing one would bring an older version back as a current file."""
    Page = apps.get_model("wagtailcore", "Page")
    drafts = Page.objects.filter(content_type__app_label="kennisbank", content_type__model="publicationpage")
    own = Q(content_type__app_label="kennisbank", content_type__model="publicationpage")
    waiting = Q(pk__in=drafts.values("latest_revision")) | Q(approved_go_live_at__isnull=False)
    return apps.get_model("wagtailcore", "Revision").objects.filter(own & waiting)


def _clean_drafts(apps, moved):
    for revision in _waiting_revisions(apps).iterator(chunk_size=200):
        files = revision.content.get("files", [])
        if not any(file.get("outdated") for file in files):
            continue
        kept = [file for file in files if file.get("pk") not in moved]
        for file in kept:
            if file.pop("outdated", False):
                document = apps.get_model("cms", "CMSDocument").objects.filter(pk=file.get("document")).first()
                title = file.get("title") or (document.title if document else "")
                file["title"] = f"{title[:180]} (oudere versie)"
        revision.content["files"] = kept
        revision.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [("cms", "0006_documents_and_search_words"), ("kennisbank", "0001_initial")]

    operations = [migrations.RunPython(move_older_versions, migrations.RunPython.noop)]
