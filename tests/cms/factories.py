"""The smallest site there is: locales, a default site and a home page; and images and documents made on the spot."""

import io
import json

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction, Site
from wagtail.search import index

from cms.models import BasePage, CMSDocument, CMSImage, Form
from cms.rendering.pictures import make_all_sizes
from home.models import ContentPage, HomePage


def make_site() -> tuple[Site, HomePage]:
    """Give the default site with its Dutch home page and the locales nl, en and de. Safe to call again."""
    for code in ("nl", "en", "de"):
        Locale.objects.get_or_create(language_code=code)
    home = HomePage.objects.filter(depth=2, locale__language_code="nl").first()
    if home is None:
        root = Page.get_first_root_node()
        root.get_children().filter(slug="home").exclude(pk__in=HomePage.objects.all()).delete()
        root = Page.objects.get(pk=root.pk)
        home = HomePage(title="Veiligheidsnetwerk", slug="home", slogan="Samen veilig", introduction="Het netwerk.")
        home.locale = Locale.objects.get(language_code="nl")
        root.add_child(instance=home)
        home.save_revision().publish()
        home = HomePage.objects.get(pk=home.pk)
    site, _created = Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": home, "site_name": "Netwerk"}
    )
    return site, home


def publish(parent: Page, page: BasePage) -> BasePage:
    """Add `page` below `parent` and publish it; gives the page as the database has it."""
    page.locale = parent.locale
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def make_content_page(parent: Page, title: str = "Over deze site", **values: object) -> ContentPage:
    """Add a published content page."""
    return publish(parent, ContentPage(title=title, **values))


def fill_search_index() -> None:
    """Put all pages into the search index, as the worker does after a publication."""
    for page in Page.objects.filter(depth__gt=1).specific():
        index.insert_or_update_object(page)


def make_private(page: Page) -> None:
    """Let only logged-in readers see the page and what stands below it."""
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def make_image(
    title: str = "Tekening", size: tuple[int, int] = (64, 36), *, sized: bool = True, **values: object
) -> CMSImage:
    """Add an image of one colour; `sized`: after the worker has made its sizes in WebP."""
    data = io.BytesIO()
    Image.new("RGB", size, "#0b4f5c").save(data, "PNG")
    data.seek(0)
    image = CMSImage.objects.create(title=title, file=ImageFile(data, name="tekening.png"), **values)
    if sized:
        make_all_sizes([image.pk])
    return image


def make_document(
    title: str = "Factsheet", content: bytes = b"%PDF-1.7 voorbeeld", name: str = "factsheet.pdf", **values: object
) -> CMSDocument:
    """Add a document; `collection` may be one made by `private_collection`."""
    document = CMSDocument(title=title, file=ContentFile(content, name=name), **values)
    document.save()
    return document


def refer_to(*documents: CMSDocument, title: str = "Met stukken", parent: Page | None = None) -> ContentPage:
    """Add a published page whose text links to documents: until something does, only who works with them opens them."""
    home = parent or make_site()[1]
    links = "".join(f'<p><a linktype="document" id="{document.pk}">{document.pk}</a></p>' for document in documents)
    number = Page.objects.count()
    body = json.dumps([{"type": "paragraph", "id": "p", "value": links}])
    return make_content_page(home, title, slug=f"stukken-{number}", body=body)


def private_collection(name: str = "Besloten") -> Collection:
    """Add a collection that only logged-in readers may see."""
    collection = Collection.get_first_root_node().add_child(name=name)
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=CollectionViewRestriction.LOGIN)
    return collection


def make_form(title: str = "Bijdrage insturen", questions: list[dict] | None = None, **values: object) -> Form:
    """Add a published form with one question, unless `questions` are given as raw data."""
    question = {"type": "text", "id": "vraag-1", "value": {"label": "Uw naam", "help_text": "", "required": True}}
    return Form.objects.create(
        **{
            "title": title,
            "introduction": "Stuur een stuk in voor de Kennisbank.",
            "questions": json.dumps(questions or [question]),
            "thanks": "Bedankt. U hoort binnen een week van ons.",
            "privacy": "Wij wissen uw gegevens na 90 dagen.",
            "mailbox": "ontvangst@voorbeeld.example",
            "contact_text": "U kunt ons ook mailen of bellen.",
            "contact_email": "kennisbank@voorbeeld.example",
            "contact_telephone": "026 123 45 67",
            "locale": Locale.objects.get(language_code="nl"),
            **values,
        }
    )
