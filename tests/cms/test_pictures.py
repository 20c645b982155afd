"""Pictures: their formats, sizes and crops, and when they are made."""

import io
import re

import pytest
from django.core.files.images import ImageFile
from django.test import Client
from django_tasks import default_task_backend
from PIL import Image
from wagtail.models import ReferenceIndex

from cms.models import CMSImage, CMSRendition
from cms.rendering.pictures import AVIF, SLOTS, WEBP, make_all_sizes, make_renditions, page_pictures, pictures
from cms.rendering.values import Picture
from cms.tasks import make_pictures, make_pictures_with
from tests.cms.factories import make_content_page, make_image, make_site

pytestmark = pytest.mark.django_db


def stored(image: Image.Image, name: str = "foto.png", **values: object) -> CMSImage:
    """Add a drawn image in the format that its name says."""
    data = io.BytesIO()
    image.save(data, Image.registered_extensions()[name[name.rindex(".") :]], **values.pop("save", {}))
    data.seek(0)
    return CMSImage.objects.create(title="Foto", file=ImageFile(data, name=name), **values)


def picture(image: CMSImage, slot: str) -> Picture:
    """Give the picture after the worker has made all formats."""
    make_all_sizes([image.pk])
    make_renditions([image.pk], slot)
    return pictures([image.pk], slot)[image.pk]


def opened(url: str) -> Image.Image:
    return Image.open(io.BytesIO(b"".join(Client().get(url).streaming_content)))


def widths(srcset: str) -> list[int]:
    return [int(width) for width in re.findall(r" (\d+)w", srcset)]


def red_area(url: str) -> float:
    """Give the part of a square as wide as the picture that is red."""
    red = opened(url).convert("RGB").getchannel("R").point(lambda value: 255 * (value > 128))
    return red.histogram()[255] / red.width**2


def test_a_picture_has_avif_and_webp_in_the_widths_of_its_slot() -> None:
    shown = picture(make_image(size=(2000, 1500)), "card")
    assert [source.type for source in shown.sources] == ["image/avif"]
    assert widths(shown.sources[0].srcset) == widths(shown.srcset) == list(SLOTS["card"].widths)
    assert shown.width / shown.height == pytest.approx(16 / 9, rel=0.01)
    assert opened(shown.src).format == "WEBP"
    assert opened(shown.sources[0].srcset.split(" ")[0]).format == "AVIF"


@pytest.mark.parametrize("slot", SLOTS)
def test_an_image_is_never_enlarged_and_no_width_is_offered_twice(slot: str) -> None:
    shown = picture(make_image(size=(700, 500)), slot)
    offered = widths(shown.srcset)
    assert offered == sorted(set(offered))
    assert max(offered) <= 700
    assert opened(shown.srcset.split(", ")[-1].split(" ")[0]).width == max(offered) == shown.width


@pytest.mark.parametrize("size", [(1, 1), (40, 30), (3, 900), (900, 3)])
def test_a_tiny_image_has_one_size_and_no_srcset(size: tuple[int, int]) -> None:
    shown = picture(make_image(size=size), "card")
    assert (shown.srcset, shown.sizes) == ("", "")
    assert opened(shown.src).size == (shown.width, shown.height)


def test_a_crop_holds_the_focal_point() -> None:
    drawn = Image.new("RGB", (1200, 2400), "#0b4f5c")
    drawn.paste("#ff2200", (500, 2000, 700, 2200))  # far below what a crop from the middle keeps
    assert red_area(picture(stored(drawn), "hero").src) == 0
    image = stored(drawn, focal_point_x=600, focal_point_y=2100, focal_point_width=200, focal_point_height=200)
    for url in (picture(image, "hero").src, page_pictures(image.pk, "hero")[1].url):
        assert red_area(url) == pytest.approx(1 / 36, rel=0.05), url  # the whole spot, on a crop 1200 wide


def test_a_photo_that_its_camera_marked_as_turned_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right
    image = stored(Image.new("RGB", (1600, 900), "#888"), "foto.jpg", save={"exif": exif})
    shown = picture(image, "body")
    assert opened(shown.src).width < opened(shown.src).height
    offered = widths(shown.srcset)
    assert offered == sorted(set(offered))


def test_transparency_stays() -> None:
    shown = picture(stored(Image.new("RGBA", (800, 600), (0, 0, 0, 0))), "body")
    for url in (shown.src, shown.sources[0].srcset.split(" ")[0]):
        assert opened(url).convert("RGBA").getpixel((5, 5))[3] == 0, url


def test_a_transparent_image_is_shared_on_white() -> None:
    image = stored(Image.new("RGBA", (1400, 800), (0, 0, 0, 0)))
    make_all_sizes([image.pk])
    _hero, shared = page_pictures(image.pk, "hero")
    assert (shared.width, shared.height) == (1200, 630)
    crop = opened(shared.url)
    assert (crop.format, crop.getpixel((5, 5))) == ("JPEG", (255, 255, 255))


def test_a_moving_gif_becomes_a_still() -> None:
    frames = [Image.new("P", (900, 600), colour) for colour in (1, 2, 3)]
    image = stored(frames[0], "foto.gif", save={"save_all": True, "append_images": frames[1:]})
    shown = picture(image, "body")
    assert opened(shown.src).size == (688, 458)
    assert getattr(opened(shown.src), "n_frames", 1) == 1


def test_only_the_picture_in_the_first_view_is_fetched_at_once() -> None:
    image = make_image(size=(40, 30))
    shown = {name: pictures([image.pk], name)[image.pk] for name in SLOTS}
    loading = {name: (each.loading, each.priority) for name, each in shown.items()}
    assert loading == {
        "card": ("lazy", "auto"),
        "hero": ("eager", "high"),
        "opening": ("eager", "high"),
        "body": ("lazy", "auto"),
        "logo": ("lazy", "auto"),
    }


def test_the_first_card_is_fetched_at_once_on_a_page_that_opens_with_cards(client) -> None:
    _site, home = make_site()
    home.social_image = None
    targets = [make_content_page(home, f"Pagina {n}", social_image=make_image(size=(1600, 900))) for n in (1, 2)]
    cards = [{"type": "page_cards", "value": {"title": "", "pages": [page.pk for page in targets]}}]
    page = make_content_page(home, body=cards)
    html = client.get(page.url).content.decode()
    assert html.count('loading="lazy"') == 2
    assert 'decoding="async"' in html


@pytest.fixture
def nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """No request opens an image or makes a size of one."""

    def refuse(self: CMSImage, *args: object) -> None:
        raise AssertionError(f"{self} is made within a request")

    for name in ("create_rendition", "create_renditions", "generate_rendition_file", "open_file", "get_willow_image"):
        monkeypatch.setattr(CMSImage, name, refuse)


@pytest.mark.usefixtures("nothing_is_made")
def test_a_visit_makes_no_size_and_shows_what_there_is(client) -> None:
    _site, home = make_site()
    image, within = make_image(size=(1600, 900), sized=False), make_image(size=(1600, 900), sized=False)
    body = [{"type": "image", "value": {"image": within.pk, "alt": "Een plein", "decorative": False, "caption": ""}}]
    page = make_content_page(home, social_image=image, body=body)
    cards = make_content_page(
        home, "Kaarten", body=[{"type": "page_cards", "value": {"title": "", "pages": [page.pk]}}]
    )
    addresses = [page.url, cards.url, f"/api/v1/paginas/{page.pk}", f"/api/v1/paginas/op-pad?pad={page.url}", "/"]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200
        assert "/media/images/" not in answer.content.decode()
    assert not CMSRendition.objects.exists()


def test_a_page_shows_the_sizes_that_are_made_so_far(client) -> None:
    _site, home = make_site()
    image = make_image(size=(1600, 900), sized=False)
    image.get_rendition(SLOTS["hero"].specs(image, WEBP)[1])
    page = make_content_page(home, social_image=image)
    shown = pictures([image.pk], "hero")[image.pk]
    assert (shown.width, shown.srcset) == (672, "")
    assert shown.src in client.get(page.url).content.decode()


def test_a_crop_stays_until_the_one_around_the_new_focal_point_is_made() -> None:
    image = make_image(size=(1600, 1600))
    before = pictures([image.pk], "hero")[image.pk]
    image.focal_point_x, image.focal_point_y = 800, 1500
    image.focal_point_width = image.focal_point_height = 100
    image.save()
    assert pictures([image.pk], "hero")[image.pk] == before
    make_pictures_with.call(image.pk)
    assert pictures([image.pk], "hero")[image.pk].src != before.src


def test_a_new_image_asks_the_worker_for_all_sizes() -> None:
    default_task_backend.clear()
    image = make_image(size=(1600, 900), sized=False)
    asked = [result.args for result in default_task_backend.results if result.task == make_pictures_with]
    assert asked == [[image.pk]]
    make_pictures_with.call(image.pk)
    assert all(image.pk in pictures([image.pk], slot) for slot in SLOTS)
    assert page_pictures(image.pk, "hero")[1]


def test_a_visit_never_waits_for_avif() -> None:
    image = make_image(size=(1600, 900))
    shown = pictures([image.pk], "hero")[image.pk]
    assert shown.sources == []
    assert widths(shown.srcset)
    assert not CMSRendition.objects.filter(filter_spec__contains="avif").exists()


def test_half_made_avif_is_not_offered() -> None:
    image = make_image(size=(1600, 900))
    image.get_rendition(SLOTS["hero"].specs(image, AVIF)[0])
    assert pictures([image.pk], "hero")[image.pk].sources == []


def test_the_worker_makes_all_that_a_published_page_asks_for(client) -> None:
    _site, home = make_site()
    above, within = make_image(size=(1600, 900)), make_image(size=(1600, 900))
    body = [{"type": "image", "value": {"image": within.pk, "alt": "Een plein", "decorative": False, "caption": ""}}]
    page = make_content_page(home, social_image=above, body=body)
    make_pictures.call(page.pk)
    made = CMSRendition.objects.count()
    html = client.get(page.url).content.decode()
    assert html.count('<source type="image/avif"') == 2
    make_pictures.call(page.pk)
    assert CMSRendition.objects.count() == made


def test_publishing_asks_the_worker_for_the_pictures() -> None:
    _site, home = make_site()
    default_task_backend.clear()
    page = make_content_page(home)
    asked = [result.args for result in default_task_backend.results if result.task == make_pictures]
    assert asked == [[page.pk]]


def test_a_moved_focal_point_gives_new_pictures_on_the_pages_that_show_the_image() -> None:
    _site, home = make_site()
    image = make_image(size=(1600, 1600))
    page = make_content_page(home, social_image=image)
    ReferenceIndex.create_or_update_for_object(page)
    make_pictures.call(page.pk)
    before = pictures([image.pk], "hero")[image.pk]
    image.focal_point_x, image.focal_point_y = 800, 1500
    image.focal_point_width = image.focal_point_height = 100
    image.save()
    make_pictures_with.call(image.pk)
    after = pictures([image.pk], "hero")[image.pk]
    assert after.sources
    assert after.sources != before.sources


def test_an_image_whose_file_is_gone_leaves_the_page_standing(client) -> None:
    _site, home = make_site()
    image = make_image(size=(1600, 900), sized=False)
    image.file.storage.delete(image.file.name)
    make_pictures_with.call(image.pk)
    page = make_content_page(home, social_image=image)
    response = client.get(page.url)
    assert response.status_code == 200
    assert "<picture>" not in response.content.decode()


def test_pictures_take_two_queries_however_many_there_are(django_assert_num_queries) -> None:
    images = [make_image(size=(1600, 900)) for _ in range(5)]
    for image in images:
        picture(image, "card")
    with django_assert_num_queries(2):
        assert len(pictures([image.pk for image in images], "card")) == 5
    with django_assert_num_queries(0):
        assert pictures([None], "card") == {}
