"""Where in a file a fragment of a search stands, as an address that opens there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cms.models import CMSDocument
from cms.rendering.links import document_path
from cms.search.values import Fragment, Hit
from cms.visibility import visible_documents


@dataclass(frozen=True)
class FragmentAddresses:
    """The addresses of the documents in which fragments stand."""

    documents: Mapping[int, CMSDocument]

    def of(self, fragment: Fragment) -> str:
        """Give the address of the file, at the page where a browser can open it there; "" for the page's own text."""
        document = self.documents.get(fragment.document_id or 0)
        if document is None:
            return ""
        place = f"#page={fragment.number}" if fragment.number and document.file_extension == "pdf" else ""
        return document_path(document.pk, document.filename) + place


def fragment_addresses(hits: Iterable[Hit]) -> FragmentAddresses:
    """Give the addresses for all fragments of these hits. One query, none where no file holds the words."""
    ids = {fragment.document_id for hit in hits for fragment in hit.fragments} - {None}
    return FragmentAddresses(visible_documents().in_bulk(ids) if ids else {})
