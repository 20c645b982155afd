"""Forms of the admin for publications."""

from wagtail.admin.forms import WagtailAdminPageForm

from cms.forms import OwnLanguageChoices


class PublicationForm(OwnLanguageChoices, WagtailAdminPageForm):
    """Offers types, themes, districts and audiences in the site's own language."""
