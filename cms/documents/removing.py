"""Removes the file of an older version, once nothing stands there any more."""

from typing import Any

from django.db import transaction

from cms.models import CMSDocument, DocumentVersion


def after_delete_of_version(instance: DocumentVersion, **_kwargs: Any) -> None:
    """Receiver of `post_delete`. A version that was put back is a copy, but one from before that may share its file."""
    name, storage = instance.file.name, instance.file.storage

    def remove() -> None:
        used = any(model.objects.filter(file=name).exists() for model in (CMSDocument, DocumentVersion))
        if name and not used:
            storage.delete(name)

    transaction.on_commit(remove)
