"""Which addresses stand for all of the site: one page a type, and the list of every demo page."""

import json
from urllib.request import urlopen

# One address a page type and language that the demo has.
EXAMPLES = {
    "home": "/",
    "home en": "/en/",
    "home de": "/de/",
    "themes": "/themas/",
    "theme": "/themas/ondermijning/",
    "districts": "/districten/",
    "district": "/districten/twente/",
    "municipalities": "/gemeenten/",
    "municipality": "/gemeenten/enschede/",
    "network": "/netwerk/",
    "body": "/netwerk/bestuurlijke-begeleidingsgroep/",
    "kennisbank": "/kennisbank/",
    "content": "/toegankelijkheid/",
    "search": "/zoeken/?zoek=veiligheid",
}


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
