"""What the editor of a publication shows beside a file."""

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel


class VersionsLink(Panel):
    """Beside a file in the editor: the way to its versions. Nothing for a file that is not saved yet."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "kennisbank/uploads/versions_link.html"

        def is_shown(self) -> bool:
            from kennisbank.uploads.access import may_replace  # needs the models that this panel stands in

            document = self.instance.document if self.instance and self.instance.document_id else None
            return document is not None and may_replace(self.request.user, document)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            address = reverse("bestandsversies:lijst", args=[self.instance.document_id])
            return {**super().get_context_data(parent_context), "address": address, "file": self.instance}
