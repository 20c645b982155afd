"""Security headers that Django does not set itself: the two content policies and the Permissions-Policy."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
        "microphone", "midi", "payment", "usb",
    )
)  # fmt: skip


class SecurityHeadersMiddleware:
    """Add a Permissions-Policy to every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response


class PolicyMiddleware(CSPMiddleware):
    """A strict Content-Security-Policy for the public side, a policy of its own for Wagtail's screens.

    Pages with Wagtail's user bar (an editor is logged in) and previews count as Wagtail's screens.
    """

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and self._is_admin(request):
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts

    def _is_admin(self, request: HttpRequest) -> bool:
        if request.path_info.startswith(reverse("wagtailadmin_home")) or getattr(request, "is_preview", False):
            return True
        user = getattr(request, "user", None)
        # `_cached_user` is there only if something asked who the reader is: an anonymous page never does.
        return hasattr(request, "_cached_user") and user is not None and user.is_authenticated
