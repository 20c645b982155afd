"""What the admin asks of all apps."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from cms import deletion, editing, guide, token_admin, translation
from cms.documents import admin as documents
from cms.documents import opening
from cms.form_admin import FormViewSet
from cms.outbox import admin as outbox
from cms.preview import checker, review_admin
from cms.preview.frontends import frontend_origins
from cms.search import index_admin, missed_admin, words_admin
from cms.site_parts import SiteGroup
from cms.submissions import admin as submissions
from cms.viewsets import TermGroup

register_snippet(SiteGroup)
register_snippet(FormViewSet)
register_snippet(words_admin.SearchGroup)

hooks.register("register_admin_viewset", TermGroup)
hooks.register("register_admin_viewset", token_admin.viewset)
hooks.register("register_log_actions", token_admin.log_actions)

hooks.register("register_admin_urls", translation.guarded_addresses, order=-1)
hooks.register("register_admin_urls", documents.addresses, order=-1)
# Before Wagtail's own: nobody is asked to log in for what no page shows.
hooks.register("before_serve_document", opening.refuse_unpublished, order=-1)

hooks.register("construct_page_action_menu", translation.offer_to_publishers_only)
hooks.register("construct_page_action_menu", editing.unpublish_from_the_header)
hooks.register("construct_page_action_menu", editing.undoing_last)

hooks.register("construct_snippet_action_menu", editing.undoing_last)
hooks.register("construct_snippet_action_menu", editing.publish_terms_first)
hooks.register("before_edit_snippet", editing.refuse_source_to_translators, order=-1)

hooks.register("before_delete_snippet", deletion.refuse_snippets_in_use)
hooks.register("before_delete_page", deletion.check_page)
hooks.register("before_bulk_action", deletion.check_pages)

hooks.register("register_admin_urls", words_admin.addresses)
hooks.register(words_admin.MENU_HOOK, words_admin.missed_menu_item)
hooks.register(words_admin.MENU_HOOK, words_admin.try_menu_item)
hooks.register("register_reports_menu_item", words_admin.report_menu_item)

hooks.register("register_admin_urls", index_admin.addresses)
hooks.register("register_settings_menu_item", index_admin.menu_item)

hooks.register("register_admin_urls", review_admin.addresses)
hooks.register("register_page_header_buttons", review_admin.header_button)
hooks.register("register_reports_menu_item", review_admin.report_menu_item)
hooks.register("construct_wagtail_userbar", checker.use_checker)

hooks.register("register_admin_urls", submissions.addresses)
hooks.register("register_admin_menu_item", submissions.menu_item)

hooks.register("register_admin_viewset", outbox.WebhookViewSet)
hooks.register("register_admin_urls", outbox.addresses)
hooks.register("register_reports_menu_item", outbox.report_menu_item)

hooks.register("register_admin_urls", guide.addresses)
hooks.register("register_help_menu_item", guide.menu_item)


@hooks.register("construct_homepage_panels")
def what_editors_do(request: HttpRequest, panels: list) -> None:
    """Begin the dashboard with what editors do most, and with what readers miss."""
    panels.append(guide.GuidePanel())
    panels.append(missed_admin.SearchPanel())
    panels.append(outbox.GivenUpPanel())


class TranslationsMenuItem(MenuItem):
    """Shown to those who may have something translated."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("wagtail_localize.submit_translation")


@hooks.register("register_admin_menu_item")
def translations() -> MenuItem:
    """Lead translators to the list of what is being translated, which Wagtail keeps among its reports."""
    url = reverse("wagtail_localize:translations_report")
    return TranslationsMenuItem(
        _("Vertalingen"), url, name="vertalingen", icon_name="wagtail-localize-language", order=500
    )


@hooks.register("construct_help_menu")
def only_what_editors_need(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave out links to Wagtail's own site: news for developers, and a guide in English."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith(("whats-new-in", "editor-guide"))]


@hooks.register("insert_global_admin_css")
def colours() -> SafeString:
    """Give the admin our colours."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/admin/admin.css"))


@hooks.register("insert_editor_js")
def save_one_at_a_time() -> SafeString:
    """Keep saving by hand from crossing Wagtail's saving by itself."""
    return format_html('<script src="{}"></script>', static("cms/admin/saving.js"))


@hooks.register("insert_editor_js")
def from_preview_to_block() -> SafeString:
    """Let a click in a preview, in either rendering, lead to what it shows."""
    address = static("cms/admin/preview.js")
    return format_html('<script src="{}" data-frontends="{}"></script>', address, " ".join(frontend_origins()))
