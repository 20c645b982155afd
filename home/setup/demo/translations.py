"""Translations as wagtail-localize keeps them, so that the translator's editor shows them and sees later changes.

The translated page is made in memory first; its texts then pair with those of the Dutch page, place by place.
"""

from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from cms.models import BasePage
from districts.models import DistrictIndexPage, DistrictPage, MunicipalityIndexPage, PriorityMatrixPage
from home.models import HomePage, SearchPage
from home.setup.content import ContentError, Record
from home.setup.demo.texts import district_texts, home_texts, overview_texts, theme_texts
from home.setup.pages import set_values
from home.setup.region import PreparedSite
from network.models import NetworkPage, OrganisationIndexPage
from themes.models import ThemeIndexPage, ThemePage

# Their texts are those that every page has; all else comes from data.
OVERVIEWS = (
    ThemeIndexPage,
    DistrictIndexPage,
    MunicipalityIndexPage,
    PriorityMatrixPage,
    NetworkPage,
    OrganisationIndexPage,
    SearchPage,
)


def add_translations(records: list[Record], site: PreparedSite) -> None:
    """Publish the translations that are missing; a page comes after its parent in the file."""
    locales = {locale.language_code: locale for locale in site.locales[1:]}
    for record in records:
        code = record.text("locale")
        if code not in locales:
            raise ContentError(f"{record.place}: '{code}' is geen taal om naar te vertalen.")
        page = Page.objects.get(pk=site.references.id_of("pagina", record.text("key"), record.place)).specific
        known = page.get_translations().filter(locale=locales[code], alias_of__isnull=True).exists()
        site.report.add("Vertaalde pagina's", new=not known)
        if not known:
            _translate(page, record, locales[code], site)


def _translate(page: BasePage, record: Record, locale: Locale, site: PreparedSite) -> None:
    source, _new = TranslationSource.update_or_create_from_instance(page)
    _save_strings(source, _in_memory(page, record, site), locale, record.place)
    translation, _new = Translation.objects.update_or_create(
        source=source, target_locale=locale, defaults={"enabled": True}
    )
    # Published below: wagtail-localize would only do it after the transaction, before which a child page asks for it.
    translation.save_target(publish=False)
    target = translation.get_target_instance()
    target.get_latest_revision().publish()
    # wagtail-localize first gives it the Dutch slug, and Wagtail then redirects from an address that nobody knew.
    redirects = Redirect.objects.filter(redirect_page_id=target.pk, automatically_created=True)
    transaction.on_commit(lambda: redirects.delete())


def _in_memory(page: BasePage, record: Record, site: PreparedSite) -> BasePage:
    """Give the page with the texts of the translation, of the same shape and with the same ids of blocks."""
    translated = type(page).objects.get(pk=page.pk)
    if isinstance(translated, HomePage):
        network = site.region.table("regio").table(record.text("locale"))
        set_values(translated, home_texts(record, network, site.references))
    elif isinstance(translated, ThemePage):
        set_values(translated, theme_texts(record, translated.locale, site.references))
    elif isinstance(translated, DistrictPage):
        set_values(translated, district_texts(record, translated.locale, site.references))
    elif isinstance(translated, OVERVIEWS):
        set_values(translated, overview_texts(record))
    else:
        raise ContentError(f"{record.place}: voor een {page._meta.verbose_name} kent de demo geen vertaling.")
    return translated


def _save_strings(source: TranslationSource, translated: BasePage, locale: Locale, place: str) -> None:
    dutch = list(StringSegment.objects.filter(source=source).order_by("order").select_related("string", "context"))
    texts = [segment for segment in extract_segments(translated) if isinstance(segment, StringSegmentValue)]
    if [segment.context.path for segment in dutch] != [segment.path for segment in texts]:
        raise ContentError(f"{place}: de vertaling heeft een andere opbouw dan de Nederlandse pagina.")
    for segment, text in zip(dutch, texts, strict=True):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={"data": text.string.data, "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL},
        )
