"""The project's own addresses go first; between the marks stands what docs/developer/plugin.md shows."""

# <plugin>
from django.http import HttpRequest, HttpResponse
from django.urls import path

from cms.urls import handler400, handler403, handler404, handler500
from cms.urls import urlpatterns as site

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def ours(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Van het project zelf")


urlpatterns = [path("van-ons/", ours), *site]
# </plugin>
