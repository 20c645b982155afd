"""The screen of one file: put a newer one in its place, put an older one back, take an older one away."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.log_actions import log

from cms.admin_screen import AdminScreen
from cms.documents.replacing import replace_file
from cms.models import CMSDocument, DocumentVersion
from cms.rendering.files import size_text
from cms.rendering.links import document_path, version_path
from kennisbank.models import PublicationPage
from kennisbank.uploads.access import may_replace


class NewVersionForm(forms.Form):
    """A file and what changed."""

    file = forms.FileField(label=_("Nieuw bestand"))
    note = forms.CharField(
        label=_("Wat is er veranderd?"),
        max_length=300,
        required=False,
        help_text=_("Bezoekers lezen dit bij de oudere versie. Bijvoorbeeld: cijfers van 2026 toegevoegd."),
    )


class VersionView(AdminScreen):
    """What the screens share: the file, and who may do anything with it."""

    header_icon = "doc-full-inverse"
    template_name = "kennisbank/uploads/versions.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_replace(request.user, self.document):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def document(self) -> CMSDocument:
        return get_object_or_404(CMSDocument, pk=self.kwargs["document"])

    def version(self) -> DocumentVersion:
        return get_object_or_404(self.document.versions, number=self.kwargs["number"])

    def get_page_title(self) -> str:
        return gettext("Versies van %(title)s") % {"title": self.document.title}

    def trail(self) -> Sequence[dict[str, Any]]:
        return [{"url": reverse("publicaties:index"), "label": gettext("Kennisbank")}, *super().trail()]

    def show(self, form: NewVersionForm) -> HttpResponse:
        document, versions = self.document, list(self.document.versions.select_related("replaced_by_user"))
        return self.render_to_response(
            self.get_context_data(
                document=document,
                number=versions[0].number + 1 if versions else 1,
                size=size_text(document.file_size or 0),
                url=document_path(document.pk, document.filename),
                versions=[
                    {
                        "record": each,
                        "size": size_text(each.file_size or 0),
                        "url": version_path(document.pk, each.number, each.filename),
                    }
                    for each in versions
                ],
                publications=PublicationPage.objects.filter(files__document=document).order_by("path").distinct(),
                form=form,
            )
        )

    def back(self) -> HttpResponse:
        return redirect("bestandsversies:lijst", document=self.document.pk)

    def replace(self, file: File, note: str) -> None:
        """Put the file in place; raises ValidationError where it may not come in."""
        replaced = replace_file(self.document, file, note=note, user=self.request.user)
        log(instance=replaced, action="wagtail.edit", user=self.request.user)


class VersionsView(VersionView):
    """The file, its older versions, and a form for a newer one."""

    def get(self, request: HttpRequest, document: int) -> HttpResponse:
        return self.show(NewVersionForm())

    def post(self, request: HttpRequest, document: int) -> HttpResponse:
        form = NewVersionForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                self.replace(form.cleaned_data["file"], form.cleaned_data["note"])
            except ValidationError as error:
                form.add_error("file", error)
        if not form.is_valid():
            return self.show(form)
        messages.success(request, gettext("De nieuwe versie staat op haar plaats. Het adres is hetzelfde gebleven."))
        return self.back()


class PutBackView(VersionView):
    """Make an older version the file again; what stood there becomes an older version."""

    def post(self, request: HttpRequest, document: int, number: int) -> HttpResponse:
        version = self.version()
        try:
            with version.file.open("rb") as content:
                note = gettext("Versie %(number)d teruggezet") % {"number": number}
                self.replace(File(content, name=version.filename), note)
        except FileNotFoundError as error:
            raise Http404 from error
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, gettext("Versie %(number)d staat er weer.") % {"number": number})
        return self.back()


class RemoveView(VersionView):
    """Ask, then take an older version away for good."""

    template_name = "kennisbank/uploads/version_remove.html"

    def get(self, request: HttpRequest, document: int, number: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data(document=self.document, version=self.version()))

    def post(self, request: HttpRequest, document: int, number: int) -> HttpResponse:
        self.version().delete()
        messages.success(request, gettext("Versie %(number)d is verwijderd.") % {"number": number})
        return self.back()


urls = [
    path("<int:document>/", VersionsView.as_view(), name="lijst"),
    path("<int:document>/<int:number>/terug/", PutBackView.as_view(), name="terug"),
    path("<int:document>/<int:number>/weg/", RemoveView.as_view(), name="weg"),
]
