"""Plants what the public may not see, points at it from everything public, and sweeps every public address for it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Site
from wagtail.rich_text import RichText

from cms.api.app import api
from cms.api.openapi import describe
from cms.models import Banner, CMSDocument, CMSImage, DocumentText, Form, Navigation, User
from cms.preview import passes, review
from cms.rendering.links import page_path
from home.models import ContentPage
from kennisbank.models import PublicationFile, PublicationPage
from network.models import NetworkBodyPage
from tests.api.factories import Example
from tests.cms.factories import (
    fill_search_index,
    make_content_page,
    make_document,
    make_form,
    make_image,
    make_private,
    private_collection,
    publish,
)
from tests.districts.factories import make_district, make_municipality, make_plan
from tests.home.factories import make_search_page
from tests.kennisbank.factories import add_file, make_publication
from tests.network.factories import make_body, make_role, relate, seat, translate_page
from tests.search import reindex
from tests.themes.factories import make_theme

pytestmark = pytest.mark.django_db

WORD = "geheimwoord"  # starts every planted text; no public text and no request holds it
NEAR = "geheimwoor"  # what somebody types who does not quite know the word
SEARCHED = "vindmij"  # stands in every planted text too; the sweep searches for it


@dataclass
class Planted:
    """Pages by how they are hidden; documents that no reader may download."""

    pages: dict[str, list[Page]] = field(default_factory=dict)
    documents: list[CMSDocument] = field(default_factory=list)
    # In a public collection, but no page refers to them that the public may see.
    unshown: dict[str, CMSDocument] = field(default_factory=dict)


def hide_private(page: Page) -> None:
    make_private(page)


def hide_draft(page: Page) -> None:
    Page.objects.get(pk=page.pk).specific.unpublish()


def hide_expired(page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))


HIDERS: dict[str, Callable[[Page], None]] = {"besloten": hide_private, "concept": hide_draft, "verlopen": hide_expired}


def texts(way: str) -> dict[str, str]:
    secret = f"{WORD} {way} {SEARCHED}"
    return {"introduction": secret, "seo_title": secret, "search_description": secret}


def plant(example: Example, *, indexed: str) -> Planted:
    """Plant everything. The index is of before it was hidden, or made anew since."""
    planted = Planted()
    hidden: list[tuple[str, Page]] = []
    for way in HIDERS:
        pages = plant_pages(example, way, parents_of(example))
        point_at(example, pages)
        hidden += [(way, page) for page in pages.values()]
        planted.pages[way] = list(pages.values())
        # The same below a parent that is hidden that way, while the page itself is live.
        parents = {name: copy_of(parent, way) for name, parent in parents_of(example).items()}
        below = plant_pages(example, f"onder-{way}", parents)
        point_at(example, below)
        hidden += [(way, parent) for parent in parents.values()]
        planted.pages[f"onder-{way}"] = [*parents.values(), *below.values()]
    make_search_page(example.home)
    planted.documents = plant_documents(example)
    planted.unshown, holders = plant_unshown_documents(example)
    hidden += holders
    translation = translate_page(example.district, "en", title=f"{WORD} translation", slug=f"{WORD}-translation")
    elsewhere = plant_on_another_site(example)
    reindex()
    assert len(entries_with(WORD)) > 30
    for way, page in hidden:
        HIDERS[way](page)
    hide_draft(translation)
    hide_documents(planted.documents)
    take_off_documents(example, planted.unshown)
    plant_drafts_of_public_pages(example)
    planted.pages["nooit-online"] = [plant_page_never_published(example)]
    plant_drafts_of_parts(example)
    plant_preview_of_unsaved_page(example)
    assert elsewhere.site_id
    fill_search_index()
    if indexed == "since":
        reindex()
    return planted


def entries_with(word: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM cms_searchentry WHERE tsv @@ %s::tsquery", [word])
        return [pk for (pk,) in cursor.fetchall()]


def plant_on_another_site(example: Example) -> Any:
    """Give the root of another site, whose pages are public there and nowhere else."""
    root = Page.get_first_root_node()
    home = publish(root, type(example.home)(title=f"{WORD} elders", slug="elders", slogan=WORD, **texts("elders")))
    site = Site.objects.create(hostname="elders.example", root_page=home)
    make_content_page(home, f"{WORD} inhoud elders", slug=f"{WORD}-inhoud", **texts("elders"))
    home.site_id = site.pk
    return home


def parents_of(example: Example) -> dict[str, Page]:
    return {
        "content": example.home,
        "theme": example.theme.get_parent().specific,
        "district": example.district.get_parent().specific,
        "body": example.network,
        "publication": example.kennisbank,
    }


def copy_of(parent: Page, way: str) -> Page:
    """Give a second page of the parent's type, with the secret in its texts; the home page gets a content page."""
    model = ContentPage if parent.depth == 2 else type(parent)
    name = f"{WORD}-ouder-{model.__name__.lower()}-{way}"
    home = parent if parent.depth == 2 else parent.get_parent()
    return publish(home, model(title=f"{WORD} ouder {way}", slug=name, show_in_menus=True, **texts(way)))


def plant_pages(example: Example, way: str, parents: dict[str, Page]) -> dict[str, Any]:
    def named(kind: str) -> dict[str, Any]:
        return {"title": f"{WORD} {kind} {way}", "slug": f"{WORD}-{kind}-{way}", **texts(way)}

    return {
        "content": make_content_page(parents["content"], show_in_menus=True, **named("inhoud")),
        "theme": make_theme(parents["theme"], expert_group=example.part, **named("thema")),
        "district": make_district(
            parents["district"], f"{WORD} district {way}", network_body=example.body, **texts(way)
        ),
        "body": make_body(
            parents["body"], f"de {WORD}", phrase_of=f"van {WORD}", short_name=f"{WORD}", **named("orgaan")
        ),
        "publication": make_publication(
            parents["publication"], themes=[example.theme], districts=[example.district], **named("publicatie")
        ),
    }


def point_at(example: Example, pages: dict[str, Any]) -> None:
    """Let all that is public refer to the planted pages, by facts, texts, blocks and redirects."""
    number = example.home.get_descendants().count()
    municipality = make_municipality(pages["district"], f"Gemeente {number}")
    make_plan(municipality, pages["theme"], example.theme)
    make_theme(
        example.theme.get_parent().specific,
        f"Thema {number}",
        expert_group=pages["body"],
        situation=f'<p><a linktype="page" id="{pages["theme"].pk}">lees meer</a></p>',
    )
    make_district(example.district.get_parent().specific, f"District {number}", network_body=pages["body"])
    relate(example.body, pages["body"])
    relate(pages["body"], example.body)
    seat(example.body, member_role=make_role(), member_body=pages["body"])
    seat(pages["body"], organisation=example.organisation)
    make_publication(
        example.kennisbank,
        f"Publicatie {number}",
        slug=f"publicatie-{number}",
        themes=[pages["theme"], example.theme],
        districts=[pages["district"]],
        replaced_by=pages["publication"],
    )
    every = [Page.objects.get(pk=page.pk) for page in pages.values()]
    make_content_page(
        example.home,
        f"Verwijzingen {number}",
        slug=f"verwijzingen-{number}",
        body=[
            ("paragraph", RichText("".join(f'<p><a linktype="page" id="{page.pk}">meer</a></p>' for page in every))),
            ("page_cards", {"title": "Kaarten", "pages": every}),
            (
                "links",
                {
                    "title": "Ook",
                    "items": [{"title": "", "page": page, "url": "", "description": ""} for page in every],
                },
            ),
        ],
    )
    for place, page in enumerate(every):
        Redirect.add_redirect(f"/oud/{number}-{place}", page)


def plant_documents(example: Example) -> list[CMSDocument]:
    """Give a document that was private from the first, and one that becomes so after its text was indexed."""
    secret = private_collection()
    documents = [
        make_document(f"{WORD} document", content=f"%PDF-1.7 {WORD}".encode(), name=f"{WORD}.pdf", collection=secret),
        make_document(f"{WORD} later", content=f"%PDF-1.7 {WORD} later".encode(), name=f"{WORD}-later.pdf"),
    ]
    for document in documents:
        add_file(example.publication, document, title=f"{WORD} bijlage")
        DocumentText.objects.create(document=document, number=1, text=f"{WORD} staat op bladzijde een. {SEARCHED}")
        CMSDocument.objects.filter(pk=document.pk).update(extracted_hash=document.content_hash)
    image = make_image(f"{WORD} beeld", collection=secret)
    links = "".join(f'<p><a linktype="document" id="{document.pk}">download</a></p>' for document in documents)
    make_content_page(
        example.home,
        "Met een besloten bestand",
        slug="met-een-besloten-bestand",
        social_image=image,
        body=[
            ("paragraph", RichText(links)),
            (
                "image",
                {
                    "image": image,
                    "alt": f"{WORD} tekening",
                    "decorative": False,
                    "caption": f"{WORD} bij beeld, {SEARCHED}",
                },
            ),
        ],
    )
    return documents


def plant_unshown_documents(example: Example) -> tuple[dict[str, CMSDocument], list[tuple[str, Page]]]:
    """Give documents by why nobody may open them, and the pages that refer to them, which are to be hidden."""
    documents: dict[str, CMSDocument] = {}
    holders: list[tuple[str, Page]] = []

    def made(why: str) -> CMSDocument:
        document = make_document(f"{WORD} {why}", content=f"%PDF-1.7 {WORD} {why}".encode(), name=f"{WORD}-{why}.pdf")
        DocumentText.objects.create(document=document, number=1, text=f"{WORD} op bladzijde een. {SEARCHED}")
        CMSDocument.objects.filter(pk=document.pk).update(extracted_hash=document.content_hash)
        documents[why] = document
        return document

    made("nergens")
    for why in ("afgehaald", "vervangen"):
        add_file(example.publication, made(why), title=f"{WORD} bijlage")
    for way in HIDERS:
        secret = {"title": f"{WORD} stuk {way}", "slug": f"{WORD}-stuk-{way}", **texts(way)}
        publication = make_publication(example.kennisbank, **secret)
        add_file(publication, made(f"bijlage-{way}"), title=f"{WORD} bijlage")
        linked = made(f"tekst-{way}")
        page = make_content_page(
            example.home,
            f"{WORD} tekst {way}",
            slug=f"{WORD}-tekst-{way}",
            body=[
                ("paragraph", RichText(f'<p><a linktype="document" id="{linked.pk}">{WORD}</a></p>')),
                ("download", {"document": made(f"download-{way}"), "title": WORD, "description": WORD}),
            ],
            **texts(way),
        )
        asked = make_page_with_form(example.home, f"{WORD} formulier {way}", slug=f"{WORD}-formulier-{way}")
        holders += [(way, publication), (way, page), (way, asked)]
    # A newer draft of a public page.
    newer = Page.objects.get(pk=example.about.pk).specific
    newer.body = [("download", {"document": made("nieuwe-versie"), "title": WORD, "description": WORD})]
    newer.save_revision()
    return documents, holders


def make_page_with_form(parent: Page, text: str, **values: Any) -> ContentPage:
    """Add a page with a form and an image, which the public may know of by that page only."""
    body = [("form", {"form": make_form(text, introduction=text)})]
    image = make_image(text, description=text)
    return make_content_page(parent, text, body=body, social_image=image, **values)


def hide_documents(documents: list[CMSDocument]) -> None:
    private = documents[0].collection
    CMSDocument.objects.filter(pk__in=[document.pk for document in documents]).update(collection=private)


def take_off_documents(example: Example, unshown: dict[str, CMSDocument]) -> None:
    """Take files off a public publication, of which the index has all words."""
    files = PublicationFile.objects.filter(page=example.publication)
    files.filter(document=unshown["afgehaald"]).delete()
    replaced = files.get(document=unshown["vervangen"])
    replaced.document, replaced.title = make_document("Nieuw stuk", name="nieuw-stuk.pdf"), ""
    replaced.save()
    # As at the end of a transaction.
    connection.check_constraints()


def plant_drafts_of_public_pages(example: Example) -> None:
    """Give public pages a newer draft."""
    for page in (example.about, example.theme, example.district, example.body, example.publication):
        newer = Page.objects.get(pk=page.pk).specific
        newer.title = newer.draft_title = f"{WORD} nieuwe versie"
        newer.introduction = f"{WORD} {SEARCHED}"
        newer.save_revision()


def plant_page_never_published(example: Example) -> Page:
    """Give a page that was only ever saved as a draft."""
    page = ContentPage(title=f"{WORD} nieuw", slug=f"{WORD}-nieuw", live=False, show_in_menus=True, **texts("nieuw"))
    example.home.add_child(instance=page)
    page.save_revision()
    return page


def plant_drafts_of_parts(example: Example) -> None:
    """Give an announcement and a menu, public with a newer draft, and in other languages never public."""
    for language, live in (("nl", True), ("en", False), ("de", False)):
        common = {"site": Site.objects.get(is_default_site=True), "locale": Locale.objects.get(language_code=language)}
        text = "Openbaar" if live else WORD
        link = {"type": "link", "value": {"title": text, "page": None, "url": "https://voorbeeld.example/"}}
        banner = Banner.objects.create(title=text, text=f"<p>{text}</p>", live=live, **common)
        menu = Navigation.objects.create(items=[link], live=live, **common)
        banner.title = banner.text = WORD
        menu.items = [{**link, "value": {**link["value"], "title": WORD}}]
        for part in (banner, menu):
            part.save_revision()


def plant_preview_of_unsaved_page(example: Example) -> None:
    """Let an editor preview a page that does not exist yet, and somebody read along with a draft."""
    editor = User.objects.create_superuser("redacteur")
    passes.issue(editor, ContentPage(title=WORD), "nl", {"weergave": {"titel": WORD}, "navigatie": {}})
    review.make(Page.objects.get(pk=example.about.pk), WORD, 7, editor)


def addresses(client) -> Iterator[str]:
    """Yield every public address that is read: pages in both renderings, and all of the API in all its forms."""
    description = describe(api)
    yield from ("/", "/en/", "/de/", "/bestaat-niet/", "/api/v1/openapi.json")
    yield from (f"/api/v1/paginas/op-pad?pad={path}" for path in ("/", "/en/", "/de/"))
    reading = {path: methods for path, methods in description["paths"].items() if "get" in methods}
    for path, methods in reading.items():
        if "{" not in path and "op-pad" not in path:
            parameters = {each["name"]: each["schema"] for each in methods["get"]["parameters"]}
            size = "paginaGrootte=100&" if "paginaGrootte" in parameters else ""
            yield f"{path}?{size}"
            yield from (f"{path}?{size}sorteer={order}" for order in parameters.get("sorteer", {}).get("enum", []))
            if "taal" in parameters:
                yield from (f"{path}?{size}taal={language}" for language in ("en", "de"))
            if "zoek" in parameters:
                yield f"{path}?zoek={SEARCHED}"
    yield from (f"/api/v1/afbeeldingen/{number}" for number in CMSImage.objects.values_list("pk", flat=True))
    yield from (f"/api/v1/formulieren/{number}" for number in Form.objects.values_list("pk", flat=True))
    for path in reading:
        start, brace, rest = path.partition("/{")
        if brace and start not in ("/api/v1/formulieren", "/api/v1/afbeeldingen"):
            rows = client.get(f"{start}?paginaGrootte=100").json()["resultaten"]
            yield from (f"{start}/{row[rest.rstrip('}')]}" for row in rows)
            yield from (f"{start}/{number}" for number in Page.objects.values_list("pk", flat=True) if rest == "id}")
    pages = [page["url"] for page in client.get("/api/v1/paginas?paginaGrootte=100").json()["resultaten"]]
    places = client.get("/api/v1/gemeenten?paginaGrootte=100").json()["resultaten"]
    partners = client.get("/api/v1/organisaties?paginaGrootte=100").json()["resultaten"]
    listed = re.findall(r"<loc>https?://[^/]+(/[^<]*)</loc>", client.get("/sitemap.xml").content.decode())
    records = [record["url"] for record in [*places, *partners] if record["url"]]
    for url in dict.fromkeys([*pages, *records, *listed]):
        yield url
        yield f"/api/v1/paginas/op-pad?pad={url}"
        yield f"{url}nieuw.atom"
    yield from ("/sitemap.xml", "/sitemap-1.xml", "/robots.txt", "/manifest.webmanifest", "/.well-known/security.txt")
    yield from searches(client)
    yield from (f"/gemeenten/?zoek={words}" for words in (SEARCHED, "gemeente", "ambt"))
    # Addresses like those of the planted pages, which name the nearest public ones.
    for path in (f"/{NEAR}/", f"/themas/{NEAR}-thema/", f"/districten/{NEAR}-district/", f"/kennisbank/{NEAR}/x/"):
        yield path
        yield f"/api/v1/paginas/op-pad?pad={path}"
    yield from (f"/api/v1/paginas/op-pad?pad={path}" for path in Redirect.objects.values_list("old_path", flat=True))


def searches(client) -> Iterator[str]:
    """Yield searches for what is planted, exactly, half and misspelt, in every form in which results are given."""
    # "bladzijde" stands in planted files only, "geheim" is a part of the planted word, "gehei" begins it.
    asked = (SEARCHED, "bladzijde", "geheim", "gehei", "bijlage", "elders", "translation")
    for words in asked:
        yield from (f"/zoeken/?zoek={words}", f"/kennisbank/?zoek={words}", f"/kennisbank/nieuw.atom?zoek={words}")
        yield f"/kennisbank/publicaties.csv?zoek={words}"
        yield from (f"/api/v1/publicaties?zoek={words}", f"/api/v1/paginas?zoek={words}")
        for of in ("publicaties", "zoeken"):
            yield f"/api/v1/{of}/aanvullingen?zoek={words}"
            yield from (f"/api/v1/{of}/aanvullingen?zoek={words}&taal={language}" for language in ("en", "de"))
    yield from ("/kennisbank/", "/kennisbank/nieuw.atom")
    for address in [
        f"/kennisbank/?zoek={SEARCHED}",
        "/kennisbank/",
        "/kennisbank/?zoek=publicatie",
        "/zoeken/?zoek=thema",
    ]:
        html = client.get(address).content.decode()
        followed = {unescape(found) for found in re.findall(r'(?:href|action)="(/(?:kennisbank|zoeken)/[^"#]*)"', html)}
        for path in sorted(path for path in followed if WORD not in path)[:25]:
            yield path
            if path.partition("?")[0].endswith("/"):
                yield f"/api/v1/paginas/op-pad?pad={quote(path, safe='')}"


def written(response) -> str:
    """Give all that an answer says, one that is streamed too."""
    return b"".join(response).decode()


def beyond_the_question(response, page: Page) -> str:
    """Give an answer without the words of the address asked for, which it offers to search with."""
    content = response.content.decode().replace(quote(page_path(page), safe=""), "")
    return content.replace(page.slug, "").replace(page.slug.replace("-", " "), "")


@pytest.mark.parametrize(
    "address",
    [
        "/kennisbank/?zoek=%s",
        "/zoeken/?zoek=%s",
        "/api/v1/publicaties?zoek=%s",
        "/api/v1/publicaties/aanvullingen?zoek=%s",
        "/api/v1/zoeken/aanvullingen?zoek=%s",
        "/api/v1/zoeken/aanvullingen?taal=en&zoek=%s",
    ],
)
def test_what_is_hidden_costs_what_costs_what_is_not_there(example: Example, client, address):
    """Time tells nothing either: the database is asked the same, in the same words but those asked for."""
    plant(example, indexed="before")
    asked = []
    for words in (SEARCHED, "q" * len(SEARCHED)):
        client.get(address % words)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address % words).status_code == 200
        asked.append([re.sub(r"'(?:[^']|'')*'|\d+", "?", query["sql"]) for query in queries])
    assert asked[0] == asked[1]


@pytest.mark.parametrize("of", ["publicaties", "zoeken"])
def test_a_beginning_of_many_hidden_words_costs_what_costs_a_beginning_of_none(example: Example, client, of):
    endings = ("aap", "boom", "deur", "eik", "fiets", "gans", "huis", "iep", "jas", "kar", "lamp", "maan")
    words = " ".join(f"verzwegen{ending}" for ending in endings)
    hidden = make_publication(example.kennisbank, "Besloten stuk", slug="besloten-stuk", introduction=words)
    reindex()
    hide_private(hidden)
    counts = []
    for typed in ("verzw", "qqqqq"):
        client.get(f"/api/v1/{of}/aanvullingen?zoek={typed}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/api/v1/{of}/aanvullingen?zoek={typed}").json() == {"resultaten": []}
        counts.append(len(queries))
    assert counts[0] == counts[1]
    hidden.view_restrictions.all().delete()
    assert len(client.get(f"/api/v1/{of}/aanvullingen?zoek=verzw").json()["resultaten"]) == 10


@pytest.mark.parametrize("indexed", ["before", "since"])
def test_nothing_hidden_is_told_anywhere(example: Example, client, indexed):
    planted = plant(example, indexed=indexed)
    swept = list(dict.fromkeys(addresses(client)))
    leaks = []
    for address in swept:
        response = client.get(address)
        content = written(response)
        if WORD in content or WORD in str(response.headers):
            place = content.find(WORD)
            leaks.append((address, content[max(0, place - 120) : place + 60]))
    assert not leaks, "\n".join(map(str, leaks))
    assert len(swept) > 150

    for way, pages in planted.pages.items():
        for page in pages:
            # That a private page is there may be known, as Django's own answer tells too; nothing of what it says.
            refusal = 401 if "besloten" in way else 404
            for told in (
                client.get("/api/v1/paginas/op-pad", {"pad": page_path(page)}),
                client.get(f"/api/v1/paginas/{page.pk}"),
            ):
                assert told.status_code == refusal, (way, page)
                assert WORD not in beyond_the_question(told, page)
            if refusal == 401:
                assert set(told.json()) == {"type", "title", "status", "detail", "toegang", "inlogadres"}
            for proof in ({"authorization": "Bearer verzonnen"}, {"toegangsbewijs": "verzonnen"}):
                told = client.get("/api/v1/paginas/op-pad", {"pad": page_path(page)}, headers=proof)
                assert told.status_code == (401 if "authorization" in proof else refusal), (way, page)
                assert WORD not in beyond_the_question(told, page)
            shown = client.get(page_path(page))
            assert shown.status_code == (302 if "besloten" in way else 404), (way, page)
            assert WORD not in beyond_the_question(shown, page)
            assert client.get(f"{page_path(page)}nieuw.atom").status_code == 404, (way, page)
    # A theme in a district: the one that the public may see makes up for nothing.
    for way in planted.pages:
        hidden_theme = f"/themas/{WORD}-thema-{way}/{example.district.slug}/"
        hidden_district = f"{page_path(example.theme)}{WORD}-district-{way}/"
        for path in (hidden_theme, hidden_district):
            told = client.get("/api/v1/paginas/op-pad", {"pad": path})
            assert told.status_code in ((401, 404) if "besloten" in way else (404,)), path
            assert client.get(path).status_code in (302, 404), path
    for filters in ("/publicaties?thema={}", "/publicaties?district={}", "/gemeenten?district={}"):
        kind = "thema" if "thema" in filters else "district"
        for way in planted.pages:
            told = client.get("/api/v1" + filters.format(f"{WORD}-{kind}-{way}"))
            assert told.json()["aantal"] == 0, (filters, way)
    missing = client.get("/documenten/999999/geen.pdf")
    for why, document in planted.unshown.items():
        response = client.get(document.url)
        # Nothing tells it from a document that does not exist.
        assert response.status_code == 404, why
        assert response.content.count(b"\n") == missing.content.count(b"\n"), why
        assert WORD not in response.content.decode().replace(document.filename, ""), why
    for document in planted.documents:
        response = client.get(document.url)
        assert response.status_code in (302, 403, 404)
        assert WORD.encode() not in b"".join(response)


def test_the_sweep_would_notice(example: Example, client):
    """What is planted is found once it is public: else the sweep would prove nothing."""
    pages = plant_pages(example, "openbaar", parents_of(example))
    point_at(example, pages)
    make_search_page(example.home)
    fill_search_index()
    reindex()
    seen = "".join(written(client.get(address)) for address in addresses(client))
    for page in pages.values():
        assert page.title in seen
    for address in (f"/zoeken/?zoek={SEARCHED}", f"/themas/{NEAR}-thema/", f"/api/v1/paginas/op-pad?pad=/{NEAR}/"):
        assert WORD in client.get(address).content.decode(), address
    assert {type(page) for page in pages.values()} >= {NetworkBodyPage, PublicationPage}
