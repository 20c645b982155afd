"""The app that all others build on, and the base of their AppConfigs."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentAppConfig(AppConfig):
    """An app with content. `api_module` names the module that registers its endpoints and page types with the API."""

    # Every app's module holds this class beside its own; Django would see two and take neither.
    default = False
    default_auto_field = "django.db.models.BigAutoField"
    api_module: str | None = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.default = True


class CmsConfig(ContentAppConfig):
    name = "cms"
    verbose_name = _("Website")

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_out
        from django.core.checks import register
        from django.db.models.signals import post_delete, post_migrate, post_save
        from wagtail.signals import page_published

        from cms import checks, references, tasks
        from cms.blocks import standard
        from cms.caching.watching import watch
        from cms.documents.removing import after_delete_of_version
        from cms.documents.tasks import after_save_of_document
        from cms.foreign_names import name_foreign_models
        from cms.preview.passes import after_logging_out
        from cms.search import signals
        from cms.widgets import use_local_dates

        register(checks.check_settings)
        standard.register()
        use_local_dates()
        name_foreign_models()
        page_published.connect(tasks.after_publishing, dispatch_uid="pictures")
        post_save.connect(tasks.after_change_of_image, sender="cms.CMSImage", dispatch_uid="pictures")
        post_save.connect(after_save_of_document, sender="cms.CMSDocument", dispatch_uid="reading")
        post_delete.connect(after_delete_of_version, sender="cms.DocumentVersion", dispatch_uid="old files")
        user_logged_out.connect(after_logging_out, dispatch_uid="previews")
        post_migrate.connect(watch, sender=self, dispatch_uid="generation")
        references.connect()
        signals.connect()
