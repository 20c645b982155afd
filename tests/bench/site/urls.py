"""The site's addresses, and before them those of Wagtail's own APIs and of a view that does nothing."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.api.v3.urls import api as api_v3

from cms.urls import handler400, handler403, handler404, handler500
from cms.urls import urlpatterns as site_urls
from tests.bench.site import PEERS

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

# As many bytes as a page of the site has, about.
BODY = b"<p>Niets</p>\n" * 2_500

api_v2 = WagtailAPIRouter("wagtailapi")
api_v2.register_endpoint("pages", PagesAPIViewSet)


def bare(request: HttpRequest) -> HttpResponse:
    """Answer without asking anything."""
    return HttpResponse(BODY)


urlpatterns = [
    path(f"{PEERS[1:]}bare/", bare),
    path(f"{PEERS[1:]}v2/", api_v2.urls),
    path(f"{PEERS[1:]}v3/", api_v3.urls),
    *site_urls,
]
