"""The video block: at a platform or a file of our own. Nothing is asked of a platform before the reader's click."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.models import AbstractDocument

from cms.blocks.base import ContentStructBlock, DraftableStructBlock
from cms.blocks.chosen import DocumentChooserBlock, ImageChooserBlock
from cms.blocks.groups import IMAGE
from cms.blocks.text import TEXT_FEATURES
from cms.languages import own_name
from cms.rendering.context import RenderContext
from cms.rendering.files import file_link
from cms.rendering.richtext import rich_text_html
from cms.rendering.values import FileLink, Picture
from cms.schema import Schema
from cms.video import PLATFORMS, HostedVideo, Platform, platforms, read_address

VIDEO_TYPES = {"mp4": "video/mp4", "webm": "video/webm"}
LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels")), ("de", _("Duits"))]


def allowed_platforms() -> list[Platform]:
    """Give the platforms of the setting VIDEO_HOSTS; all that are known where a project does not set it."""
    return platforms(getattr(settings, "VIDEO_HOSTS", PLATFORMS))


class PlatformVideo(Schema, title="Platformvideo"):
    """A video at a platform. Load `player` only after the reader asked for it: the platform then sees the reader."""

    platform: str = Field(description="Naam van het platform, bijvoorbeeld YouTube")
    url: str = Field(description="Pagina van de video bij het platform")
    player: str = Field(alias="speler", description="Adres voor een iframe, pas te laden na een klik van de lezer")


class Captions(Schema, title="Ondertiteling"):
    url: str
    language: str = Field(alias="taal")
    label: str
    default: bool = Field(alias="standaard")


class VideoFile(Schema, title="Videobestand"):
    file: FileLink = Field(alias="bestand")
    mime_type: str = Field(alias="mimetype")
    captions: list[Captions] = Field(alias="ondertiteling")


class VideoValue(Schema, title="Videowaarde"):
    """Either at a platform or a file of our own."""

    title: str = Field(alias="titel")
    duration: str = Field(alias="duur", description="In woorden")
    poster: Picture | None = Field(alias="voorbeeldbeeld")
    hosted: PlatformVideo | None = Field(default=None, alias="opPlatform")
    own: VideoFile | None = Field(default=None, alias="eigenBestand")
    silent: bool = Field(alias="zonderSpraak", description="In de video wordt niet gesproken")
    transcript: str = Field(alias="uitgeschrevenTekst", description="HTML; leeg als er niet gesproken wordt")


class CaptionsBlock(DraftableStructBlock):
    """Captions in one language."""

    file = DocumentChooserBlock(label=_("Bestand"), help_text=_("Een WebVTT-bestand (.vtt)."))
    language = blocks.ChoiceBlock(search_index=False, label=_("Taal"), choices=LANGUAGES, default="nl")

    def check_complete(self, value: Any) -> None:
        if not _is_webvtt(value["file"]):
            message = _("Dit is geen WebVTT-bestand. Zo'n bestand heet .vtt en begint met het woord WEBVTT.")
            raise StructBlockValidationError(block_errors={"file": ValidationError(message)})

    class Meta:
        icon = "openquote"
        label = _("Ondertiteling")


class VideoBlock(ContentStructBlock):
    """A video with its poster, and in words what is said."""

    api_type = "video"
    value_type = VideoValue

    title = blocks.CharBlock(label=_("Titel"), max_length=120, help_text=_("Waar de video over gaat."))
    url = blocks.URLBlock(
        label=_("Adres bij YouTube of Vimeo"), required=False,
        help_text=_("Neem het adres over uit de browser. De video laadt pas als een bezoeker erop klikt."),
    )  # fmt: skip
    file = DocumentChooserBlock(
        label=_("Of een eigen videobestand"), required=False, help_text=_("Een MP4- of WebM-bestand.")
    )
    poster = ImageChooserBlock(
        label=_("Voorbeeldbeeld"), help_text=_("Staat er zolang de video niet speelt. Het komt van onze eigen site.")
    )
    duration = blocks.CharBlock(
        label=_("Duur"), required=False, max_length=40, help_text=_("Bijvoorbeeld: 2 minuten en 30 seconden.")
    )
    transcript = blocks.RichTextBlock(
        label=_("Uitgeschreven tekst"), features=TEXT_FEATURES, required=False,
        help_text=_("Wat er gezegd wordt en wat er te zien is, voor wie de video niet kan zien of horen."),
    )  # fmt: skip
    silent = blocks.BooleanBlock(
        label=_("Geen gesproken tekst"), required=False, help_text=_("In de video wordt niet gesproken.")
    )
    captions = blocks.ListBlock(
        CaptionsBlock(), label=_("Ondertiteling"), default=[], max_num=3, required=False,
        help_text=_("Alleen bij een eigen videobestand. YouTube en Vimeo hebben hun eigen ondertiteling."),
    )  # fmt: skip

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if hosted := self._hosted(cleaned):
            cleaned["url"] = hosted.page_url
        return cleaned

    def check_complete(self, value: Any) -> None:
        errors = {**self._errors_of_source(value), **self._errors_of_words(value)}
        if errors:
            raise StructBlockValidationError(
                block_errors={name: ValidationError(message) for name, message in errors.items()}
            )

    def _hosted(self, value: Any) -> HostedVideo | None:
        return read_address(value["url"], allowed_platforms()) if value["url"] else None

    def _errors_of_source(self, value: Any) -> dict[str, str]:
        url, file = value["url"], value["file"]
        if bool(url) == bool(file):
            return {"url": gettext("Vul een adres in óf kies een eigen videobestand.")}
        if file and file.file_extension.lower() not in VIDEO_TYPES:
            return {"file": gettext("Kies een MP4- of WebM-bestand. Andere soorten spelen niet in elke browser.")}
        if url and not self._hosted(value):
            names = gettext(" of ").join(platform.name for platform in allowed_platforms())
            text = gettext("Dit is geen adres van een video bij %(names)s. Alleen %(names)s mag hier.")
            return {"url": text % {"names": names}}
        return {}

    def _errors_of_words(self, value: Any) -> dict[str, str]:
        transcript = bool(strip_tags(value["transcript"].source).strip())
        errors = {}
        if transcript == bool(value["silent"]):
            errors["transcript"] = (
                gettext("Er is een uitgeschreven tekst. Haal het vinkje bij 'Geen gesproken tekst' weg.")
                if transcript
                else gettext("Schrijf de tekst uit, of geef aan dat er in de video niet gesproken wordt.")
            )
        if value["captions"] and not value["file"]:
            errors["captions"] = gettext("Ondertiteling kan alleen bij een eigen videobestand.")
        elif value["file"] and not value["captions"] and not value["silent"]:
            errors["captions"] = gettext("Voeg ondertiteling toe, want in de video wordt gesproken.")
        return errors

    def typed(self, value: Any, context: RenderContext) -> VideoValue | None:
        hosted = self._hosted(value)
        document = context.document(value["file"].pk) if value["file"] else None
        if hosted is None and document is None:
            return None
        return VideoValue(
            title=value["title"],
            duration=value["duration"] or "",
            poster=context.picture(value["poster"].pk) if value["poster"] else None,
            hosted=PlatformVideo(platform=hosted.platform, url=hosted.page_url, player=hosted.player_url)
            if hosted
            else None,
            own=_own(document, value["captions"], context) if document else None,
            silent=bool(value["silent"]),
            transcript="" if value["silent"] else rich_text_html(value["transcript"].source, context),
        )

    def get_preview_value(self) -> Any:
        """Show the newest image of the site as poster."""
        image = self.child_blocks["poster"].model_class.objects.order_by("-pk").first()
        return self.to_python(
            {
                "title": "Zo werkt het netwerk",
                "url": "https://vimeo.com/123456789",
                "poster": image.pk if image else None,
                "duration": "2 minuten",
                "transcript": "<p>In het netwerk werken gemeenten, politie en Openbaar Ministerie samen.</p>",
            }
        )

    class Meta:
        label = _("Video")
        description = _("Een video van YouTube, Vimeo of uit de eigen bestanden, met een uitgeschreven tekst.")
        icon = "media"
        group = IMAGE
        template = "cms/blocks/video.html"


def _own(document: AbstractDocument, captions: Sequence[Any], context: RenderContext) -> VideoFile:
    shown = [(each["language"], context.document(each["file"].pk)) for each in captions if each["file"]]
    tracks = [(language, file_link(document).url) for language, document in shown if document]
    languages = [language for language, _url in tracks]
    first = context.locale.language_code if context.locale.language_code in languages else next(iter(languages), "")
    return VideoFile(
        file=file_link(document),
        mime_type=VIDEO_TYPES.get(document.file_extension.lower(), "application/octet-stream"),
        captions=[
            Captions(url=url, language=language, label=own_name(language), default=language == first)
            for language, url in tracks
        ],
    )


def _is_webvtt(document: AbstractDocument) -> bool:
    if document.file_extension.lower() != "vtt":
        return False
    try:
        with document.open_file() as file:
            return file.read(9).removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT")
    except OSError:
        return False
