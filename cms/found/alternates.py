"""What `hreflang` says of a page, in its head and in the sitemap alike."""

from collections.abc import Mapping

from django.conf import settings


def alternates(translations: Mapping[str, str]) -> dict[str, str]:
    """Give what `hreflang` says: each language's address and, as x-default, that of the site's own language.

    Empty where there is nothing to choose.
    """
    if len(translations) < 2:
        return {}
    own = translations.get(settings.LANGUAGE_CODE)
    return {**translations, "x-default": own} if own else dict(translations)
