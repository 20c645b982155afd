"""Which addresses stand for all of the site: one page a type, and the list of every demo page."""

import json
from urllib.request import urlopen

# One address a page type and language that the demo has, and of a listing one a state.
EXAMPLES = {
    "home": "/",
    "home en": "/en/",
    "home de": "/de/",
    "themes": "/themas/",
    "theme": "/themas/ondermijning/",
    "theme with a table and steps": "/themas/maatschappelijke-onrust-en-polarisatie/",
    "theme en": "/en/themes/organised-crime/",
    "theme de": "/de/themen/organisierte-kriminalitaet/",
    "theme in a district": "/themas/ondermijning/twente/",
    "theme in a district en": "/en/themes/organised-crime/twente/",
    "themes en": "/en/themes/",
    "districts": "/districten/",
    "districts en": "/en/districts/",
    "district": "/districten/twente/",
    "district with a timeline": "/districten/noord-en-oost-gelderland/",
    "district en": "/en/districts/twente/",
    "municipalities": "/gemeenten/",
    "municipalities, an old name": "/gemeenten/?zoek=gelder",
    "municipality": "/gemeenten/enschede/",
    "municipality of the past": "/gemeenten/geldermalsen/",
    "priorities": "/gemeenten/prioriteiten/",
    "priorities, chosen": "/gemeenten/prioriteiten/?district=twente&thema=ondermijning&sorteer=voorrang",
    "priorities, nothing found": "/gemeenten/prioriteiten/?jaar=2001&plan=ja",
    "priorities en": "/en/municipalities/priorities/",
    "network": "/netwerk/",
    "network en": "/en/network/",
    "network on another day": "/netwerk/?op=2025-01-01",
    "body": "/netwerk/bestuurlijke-begeleidingsgroep/",
    "body with parts": "/netwerk/expertgroepen/",
    "partners": "/partners/",
    "partner": "/partners/riec-oost-nederland/",
    "partner en": "/en/partners/riec-oost-nederland/",
    "kennisbank": "/kennisbank/",
    "kennisbank, all": "/kennisbank/?overzicht=alles",
    "kennisbank, theme": "/kennisbank/?thema=ondermijning",
    "kennisbank, filtered": "/kennisbank/?thema=ondermijning&zoek=schuur",
    "kennisbank, nothing found": "/kennisbank/?zoek=leegstand+bestaatniet&thema=ondermijning&jaar=2026",
    "publication": "/kennisbank/factsheet-leegstand-buitengebied/",
    "publication in English": "/kennisbank/online-fraud-helping-older-residents/",
    "content": "/toegankelijkheid/",
    "contact": "/contact/",
    "search": "/zoeken/?zoek=veiligheid",
    "search, empty": "/zoeken/",
    "search, nothing found": "/zoeken/?zoek=bestaatniet",
    "search en": "/en/search/?zoek=crime",
}
# No page at all, and one that looks like a page there is.
MISSING = {"not found": "/bestaat-niet/", "not found, nearest pages": "/en/themes/organised-crimes/"}


def read_json(address: str) -> dict:
    with urlopen(address, timeout=30) as answer:
        return json.load(answer)


def every_page(api: str) -> list[str]:
    """Give the paths of all pages that the API lists, in every language."""
    paths: list[str] = []
    address = f"{api}/paginas?paginaGrootte=100"
    while address:
        answer = read_json(address)
        paths += [page["url"] for page in answer["resultaten"]]
        following = answer["links"].get("volgende")
        address = f"{api}/paginas{following[following.index('?') :]}" if following else ""
    return paths
