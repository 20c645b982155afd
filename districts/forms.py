"""Forms of the admin for plans."""

from wagtail.admin.forms import WagtailAdminModelForm

from cms.forms import OwnLanguageChoices


class SafetyPlanForm(OwnLanguageChoices, WagtailAdminModelForm):
    """Offers the themes in the site's own language."""
