"""Addresses of the site. The API, documents, media and the admin have no language prefix."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.access import LoginView, page_by_number
from cms.api.app import api
from cms.found import atom, robots, sitemap, well_known
from cms.media import document, document_version, rendition
from cms.preview.views import read_along
from cms.submissions.posting import serve_page

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documenten/<int:document_id>/<str:filename>", document),
    path("documenten/<int:document_id>/versie/<int:number>/<str:filename>", document_version, name="document_version"),
    path("documenten/", include(wagtaildocs_urls)),
    path("media/images/<str:name>", rendition),
    path("api/v1/", api.urls),
    path("meelezen/<str:key>/", read_along, name="meelezen"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap.sitemap_file, name="sitemap_file"),
    path("robots.txt", robots.robots),
    path(".well-known/security.txt", well_known.security_txt),
    path("manifest.webmanifest", well_known.manifest),
    *(path(name, well_known.icon, {"name": name}) for name in well_known.ICONS),
]
urlpatterns += i18n_patterns(
    re_path(r"^(?:[\w\-]+/)*nieuw\.atom$", atom.feed),
    path("", include("districts.urls")),
    path("", include("kennisbank.urls")),
    path("_util/login/", LoginView.as_view(), name="wagtailcore_login"),
    path("_util/pagina/<int:page_id>/", page_by_number, name="page_by_number"),
    # Pages, but not Wagtail's own addresses (a password is sent there).
    re_path(rf"^(?!_util/){wagtail_urls.serve_pattern.removeprefix('^')}", serve_page),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler400 = "cms.errors.bad_request"
handler403 = "cms.errors.forbidden"
handler404 = "cms.errors.not_found"
handler500 = "cms.errors.server_error"
