"""An image in the sizes that a frontend may choose from. All are made beforehand; no address takes a free size."""

from typing import Annotated, Literal

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import Field

from cms.api.answers import answer
from cms.api.parameters import Parameters
from cms.rendering.pictures import pictures
from cms.rendering.values import Picture
from cms.schema import Schema
from cms.visibility import shown_images

TAGS = {"Afbeeldingen": "Een afbeelding in andere maten dan die van de plek waar zij staat"}

Size = Literal["kaart", "kop", "opening", "tekst", "logo"]
# By the names of slots in the design.
SLOTS: dict[Size, str] = {"kaart": "card", "kop": "hero", "opening": "opening", "tekst": "body", "logo": "logo"}

ImageId = Annotated[int, Path(description="Nummer van de afbeelding: `id` van elke `Afbeelding` in een antwoord")]


class SizedPicture(Schema, title="Afbeelding op maat"):
    """One of the named sizes."""

    size: Size = Field(alias="maat")
    picture: Picture = Field(alias="afbeelding")


class ImageSizes(Schema, title="Afbeeldingsmaten"):
    """An image in the sizes asked for. `focus_x` and `focus_y` are parts of width and height."""

    id: int
    description: str = Field(alias="omschrijving", description="De gewone alternatieve tekst; leeg als die er niet is")
    credit: str = Field(alias="bron")
    focus_x: float | None = Field(alias="focusX", description="Plaats van wat in beeld moet blijven: 0 links, 1 rechts")
    focus_y: float | None = Field(alias="focusY", description="0 boven, 1 onder")
    sizes: list[SizedPicture] = Field(alias="maten", description="Een maat ontbreekt zolang zij nog niet gemaakt is")


class ImageParameters(Parameters):
    answers = (ImageSizes,)

    sizes: list[Size] = Field(
        default=[],
        alias="maat",
        description=(
            "Alleen deze maten; herhaalbaar. `kaart` is 16:9, `kop` 3:2, `opening` 4:3; de andere houden hun vorm"
        ),
    )


router = Router(tags=["Afbeeldingen"], by_alias=True)


@router.get("/afbeeldingen/{int:id}", response=ImageSizes, operation_id="haalAfbeelding", summary="Eén afbeelding")
def image_by_id(request: HttpRequest, id: ImageId, parameters: Query[ImageParameters]) -> HttpResponse:
    """Een afbeelding die op een openbare pagina staat, in de maten die u kiest."""
    image = shown_images().filter(pk=id).first()
    if image is None:
        raise Http404
    chosen: list[Size] = list(dict.fromkeys(parameters.sizes)) or list(SLOTS)
    made = {name: pictures([image.pk], SLOTS[name]).get(image.pk) for name in chosen}
    return answer(
        ImageSizes(
            id=image.pk,
            description=image.description,
            credit=image.credit,
            focus_x=_part(image.focal_point_x, image.width),
            focus_y=_part(image.focal_point_y, image.height),
            sizes=[SizedPicture(size=name, picture=each) for name, each in made.items() if each],
        ),
        parameters,
    )


def _part(place: int | None, whole: int) -> float | None:
    return None if place is None or not whole else round(min(1, place / whole), 3)
