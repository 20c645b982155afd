"""The admin's list of documents and the screen of one, with what came of reading it. Built on Wagtail's own."""

from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.ui.tables import Column, DownloadColumn, StatusTagColumn
from wagtail.documents.views.documents import DocumentsFilterSet, EditView, IndexView
from wagtail.permissions import policy_registry

from cms.documents import kinds
from cms.documents.accessibility import findings
from cms.documents.reading import again
from cms.documents.tasks import read_document
from cms.models import CMSDocument, ExtractionState
from cms.rendering.files import size_text
from cms.rendering.links import version_path
from cms.search.left_out import is_left_out


class DocumentFilters(DocumentsFilterSet):
    """Wagtail's, and how reading went."""

    extraction_state = django_filters.ChoiceFilter(
        label=_("Lezen"), choices=ExtractionState.choices, empty_label=_("Alle")
    )

    class Meta(DocumentsFilterSet.Meta):
        pass


class DocumentListView(IndexView):
    filterset_class = DocumentFilters

    @cached_property
    def columns(self) -> list[Column]:
        first, *rest = super().columns
        title, _file, *others = rest
        return [
            first,
            title,
            DownloadColumn("file", label=_("Bestand"), accessor=type_label),
            Column("file_size", label=_("Grootte"), accessor=_size, classname="vn-nowrap"),
            Column("page_count", label=_("Pagina's"), accessor=lambda document: document.page_count or ""),
            StatusTagColumn(
                "extraction_state",
                label=_("Lezen"),
                classname="vn-nowrap",
                accessor="get_extraction_state_display",
                primary=lambda document: document.extraction_state == ExtractionState.DONE,
            ),
            *others,
        ]


class DocumentEditView(EditView):
    template_name = "cms/admin/document_edit.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        document = self.object
        versions = document.versions.select_related("replaced_by_user")
        return super().get_context_data(
            **kwargs,
            type_label=type_label(document),
            findings=findings(document),
            language=get_language_info(document.language)["name_translated"] if document.language else "",
            parts=document.texts.count(),
            left_out=is_left_out(document),
            read_again_url=reverse("lees_opnieuw", args=[document.pk]),
            reading=document.extraction_state in (ExtractionState.QUEUED, ExtractionState.RUNNING),
            versions=[
                {
                    "version": version,
                    "url": version_path(document.pk, version.number, version.filename),
                    "size": size_text(version.file_size or 0),
                }
                for version in versions
            ],
        )


@require_POST
def read_again(request: HttpRequest, document_id: int) -> HttpResponse:
    """Have a document read once more, for who may change it."""
    document = get_object_or_404(CMSDocument, pk=document_id)
    policy = policy_registry.get_by_type(CMSDocument)
    if not policy.user_has_permission_for_instance(request.user, "change", document):
        raise PermissionDenied
    again(CMSDocument.objects.filter(pk=document_id))
    read_document.enqueue(document_id)
    messages.success(request, _("'%(title)s' wordt opnieuw gelezen.") % {"title": document.title})
    return redirect("wagtaildocs:edit", document_id)


def addresses() -> list[URLPattern]:
    """Answer at Wagtail's own addresses, before it does, and at one more."""
    return [
        path("documents/", DocumentListView.as_view()),
        path("documents/results/", DocumentListView.as_view(results_only=True)),
        path("documents/edit/<int:document_id>/", DocumentEditView.as_view()),
        path("documents/<int:document_id>/lees-opnieuw/", read_again, name="lees_opnieuw"),
    ]


def type_label(document: CMSDocument) -> str:
    """Give the type by content in capitals; "?" of one that the library does not know."""
    kind = kinds.BY_MEDIA_TYPE.get(document.media_type)
    return kind.extension.upper() if kind else "?"


def _size(document: CMSDocument) -> str:
    return size_text(document.file_size or 0)
