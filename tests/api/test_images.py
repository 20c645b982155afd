"""Images in the named sizes that a frontend may choose from."""

import pytest

from cms.models import CMSRendition
from tests.cms.factories import make_content_page, make_image, make_private, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def image():
    _site, home = make_site()
    image = make_image(
        size=(1600, 900), credit="De maker", description="Een plein", focal_point_x=400, focal_point_y=450
    )
    make_content_page(home, "Met beeld", social_image=image)
    return image


def test_all_sizes_come_with_what_a_frontend_needs(client, image):
    given = client.get(f"/api/v1/afbeeldingen/{image.pk}").json()
    assert (given["omschrijving"], given["bron"]) == ("Een plein", "De maker")
    assert (given["focusX"], given["focusY"]) == (0.25, 0.5)
    assert [each["maat"] for each in given["maten"]] == ["kaart", "kop", "opening", "tekst", "logo"]
    shapes = {each["maat"]: each["afbeelding"]["breedte"] / each["afbeelding"]["hoogte"] for each in given["maten"]}
    assert shapes["kaart"] == pytest.approx(16 / 9, rel=0.01)
    assert shapes["kop"] == pytest.approx(3 / 2, rel=0.01)


def test_a_frontend_chooses_by_name_and_never_by_number(client, image):
    chosen = client.get(f"/api/v1/afbeeldingen/{image.pk}?maat=logo&maat=kop").json()
    assert [each["maat"] for each in chosen["maten"]] == ["logo", "kop"]
    wrong = client.get(f"/api/v1/afbeeldingen/{image.pk}?maat=123x45")
    assert wrong.status_code == 400
    assert "kaart" in wrong.json()["errors"][0]["melding"]


def test_the_number_stands_in_every_picture_of_a_page(client, image):
    page = client.get("/api/v1/paginas/op-pad?pad=/met-beeld/").json()
    assert page["beeld"]["id"] == image.pk


def test_only_of_an_image_that_the_public_sees(client, image):
    assert client.get(f"/api/v1/afbeeldingen/{make_image().pk}").status_code == 404
    hidden = make_image()
    make_private(make_content_page(make_site()[1], "Besloten", social_image=hidden))
    assert client.get(f"/api/v1/afbeeldingen/{hidden.pk}").status_code == 404


def test_asking_makes_nothing(client, image, monkeypatch):
    CMSRendition.objects.all().delete()
    assert client.get(f"/api/v1/afbeeldingen/{image.pk}").json()["maten"] == []
    assert not CMSRendition.objects.exists()
