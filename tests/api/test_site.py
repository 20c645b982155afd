"""What stands around pages, each part on its own."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Locale

from cms.models import Banner, SiteTexts
from tests.api.factories import Example

pytestmark = pytest.mark.django_db


def test_announcements_of_now(example: Example, site, ask):
    assert ask("/mededelingen") == {"aantal": 0, "resultaten": []}
    locale = Locale.objects.get(language_code="nl")
    banner = Banner.objects.create(
        site=site, locale=locale, title="Storing", severity="dringend", text="<p>Bel 112.</p>"
    )
    (found,) = ask("/mededelingen")["resultaten"]
    assert (found["ernst"], found["ernstLabel"], found["titel"]) == ("dringend", "Dringend", "Storing")
    assert found["html"] == "<p>Bel 112.</p>"
    (english,) = ask("/mededelingen?taal=en")["resultaten"]
    assert (english["ernstLabel"], english["taal"]) == ("Urgent", "nl")
    banner.ends_at = timezone.now() - timedelta(seconds=1)
    banner.save()
    assert ask("/mededelingen")["aantal"] == 0


def test_texts_in_the_language_asked_for(example: Example, site, ask):
    dutch = Locale.objects.get(language_code="nl")
    SiteTexts.objects.create(site=site, locale=dutch, organisation="Het netwerk", missing_title="Hier staat niets")
    assert ask("/teksten")["nietGevondenTitel"] == "Hier staat niets"
    english = ask("/teksten?taal=en")
    assert (english["organisatie"], english["nietGevondenTitel"]) == ("Het netwerk", "This page does not exist")


def test_settings_name_the_languages_the_own_one_first(example: Example, site, ask):
    settings = ask("/instellingen")
    assert settings["siteNaam"] == site.site_name
    first = settings["talen"][0]
    assert (first["taal"], first["pad"]) == ("nl", "/")
    assert ("en", "/en/") in [(each["taal"], each["pad"]) for each in settings["talen"]]


def test_the_frame_of_a_page_has_all_of_it(example: Example, site, ask):
    frame = ask("/navigatie")
    assert {"menu", "voet", "mededelingen", "teksten", "zoeken"} <= set(frame)
    assert ask("/navigatie?velden=teksten")["teksten"] == ask("/teksten")
