"""Dutch names for models and fields of other packages that have none, so that no translation file can reach them."""

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MODELS: dict[str, tuple[Promise, Promise]] = {
    "wagtail_localize.translation": (_("vertaling"), _("vertalingen")),
    "wagtailcore.locale": (_("taal"), _("talen")),
}
FIELDS: dict[str, dict[str, Promise]] = {
    # Together the label of a filter: "Oorspronkelijke taal".
    "wagtail_localize.translation": {"source": _("oorspronkelijke"), "target_locale": _("vertaald in het")},
    "wagtail_localize.translationsource": {"locale": _("taal")},
    "wagtail_localize.localesynchronization": {"sync_from": _("overnemen uit")},
}


# The translation editor writes dates with strftime, whose names of months are English in every language.
DATE_FORMAT = "%d-%m-%Y"


def name_foreign_models() -> None:
    """Name them. Migrations keep to the original names: those stand elsewhere in Django (`original_attrs`)."""
    for label, (singular, plural) in MODELS.items():
        if apps.is_installed(label.split(".")[0]) or label.startswith("wagtailcore"):
            options = apps.get_model(label)._meta
            options.verbose_name, options.verbose_name_plural = singular, plural  # type: ignore[assignment]
    for label, names in FIELDS.items():
        if apps.is_installed(label.split(".")[0]):
            for name, shown in names.items():
                apps.get_model(label)._meta.get_field(name).verbose_name = shown  # type: ignore[union-attr]
    if apps.is_installed("wagtail_localize"):
        from wagtail_localize import models
        from wagtail_localize.views import edit_translation

        models.DATE_FORMAT = edit_translation.DATE_FORMAT = DATE_FORMAT
