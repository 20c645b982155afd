"""What is asked: one address a subject and contestant. All tell of the same pages."""

import json

import django

django.setup()

from districts.models import Municipality  # noqa: E402
from home.models import HomePage  # noqa: E402
from kennisbank.models import PublicationPage  # noqa: E402
from tests.bench.site import PEERS  # noqa: E402
from themes.models import ThemePage  # noqa: E402

WORD = "veiligheid"


def addresses() -> dict[str, dict[str, str]]:
    """Give {what is asked: {who answers: address}}; needs a site with the demo."""
    theme = ThemePage.objects.get(slug="ondermijning")
    publication = PublicationPage.objects.get(slug="factsheet-leegstand-buitengebied")
    home = HomePage.objects.get(depth=2, locale=theme.locale)
    municipality = Municipality.objects.get(slug="enschede")
    fields = ("introduction", "publication_date", "publication_type")
    publications = f"type={PublicationPage._meta.label}&limit=20"
    return {
        "bare view": {"bare": f"{PEERS}bare/"},
        "home page": {"ours": "/"},
        "theme": {"ours": "/themas/ondermijning/"},
        "municipality": {"ours": f"/gemeenten/{municipality.slug}/"},
        "publication": {"ours": f"/kennisbank/{publication.slug}/"},
        "API, home page": _api(home.pk),
        "API, theme": _api(theme.pk),
        "API, publication": _api(publication.pk),
        "API, page at an address": {"ours": "/api/v1/paginas/op-pad?pad=/themas/ondermijning/"},
        "API, list of 20": {
            "ours": "/api/v1/paginas?soort=publicatie&taal=nl&paginaGrootte=20&sorteer=titel",
            "v2": f"{PEERS}v2/pages/?{publications}&fields={','.join(fields)}&locale=nl&order=title",
            "v3": f"{PEERS}v3/pages/?{publications}&locale=nl&order=title",
        },
        "API, search": {
            "ours": f"/api/v1/paginas?zoek={WORD}&taal=nl&paginaGrootte=20",
            "v2": f"{PEERS}v2/pages/?search={WORD}&locale=nl&limit=20",
            "v3": f"{PEERS}v3/pages/?search={WORD}&locale=nl&limit=20",
        },
    }


def _api(pk: int) -> dict[str, str]:
    return {"ours": f"/api/v1/paginas/{pk}", "v2": f"{PEERS}v2/pages/{pk}/", "v3": f"{PEERS}v3/pages/{pk}/"}


if __name__ == "__main__":
    print(json.dumps(addresses()))
