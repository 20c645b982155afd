"""The video block: which addresses it takes, what loads when, and what is said in words."""

import json

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from wagtail.blocks import StreamBlockValidationError

from cms.models import CMSDocument
from cms.video import PLATFORMS, platforms, read_address
from home.models import ContentPage
from tests.cms.factories import make_content_page, make_document, make_image, make_site, private_collection, refer_to
from tests.cms.test_settings import SAFE, load_production

BODY = ContentPage._meta.get_field("body")
YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
VIMEO = "https://vimeo.com/123456789"


def item(value: object) -> dict:
    return {"type": "item", "id": "een", "value": value}


# As an MP4 begins, and then every byte another.
FILM = b"\x00\x00\x00\x18ftypmp42" + bytes(range(12, 100))


def make_video(name: str = "video.mp4", **values: object) -> CMSDocument:
    return make_document("Video", FILM, name, **values)


def make_captions(content: bytes = b"WEBVTT\n\n00:00.000 --> 00:02.000\nHallo", name: str = "nl.vtt") -> CMSDocument:
    return make_document("Ondertiteling", content, name)


def block(**values: object) -> dict:
    defaults = {"title": "Zo werkt het", "url": YOUTUBE, "file": None, "transcript": "<p>Samen.</p>", "captions": []}
    return {"type": "video", "id": "1", "value": {**defaults, "poster": make_image().pk, **values}}


def cleaned(**values: object) -> dict:
    """Validate as on publishing; gives the block's value."""
    stream = BODY.stream_block
    return stream.clean(stream.to_python([block(**values)]))[0].value


def refusal(**values: object) -> dict[str, str]:
    """Give the messages of a block that may not be published, by field."""
    with pytest.raises(StreamBlockValidationError) as error:
        cleaned(**values)
    found = error.value.block_errors[0].block_errors
    return {name: str(each) for name, each in found.items()}


def html_of(client: Client, **values: object) -> str:
    _site, home = make_site()
    page = make_content_page(home, "Met video", body=json.dumps([block(**values)]))
    answer = client.get(page.url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("address", "page", "player"),
    [
        (YOUTUBE, YOUTUBE, "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?"),
        ("http://m.youtube.com/watch?list=x&v=dQw4w9WgXcQ&t=30", YOUTUBE, "https://www.youtube-nocookie.com/embed/"),
        ("https://youtu.be/dQw4w9WgXcQ?si=spoor", YOUTUBE, "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?"),
        ("https://www.youtube.com/shorts/dQw4w9WgXcQ", YOUTUBE, "https://www.youtube-nocookie.com/embed/"),
        ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", YOUTUBE, "https://www.youtube-nocookie.com/embed/"),
        (VIMEO, VIMEO, "https://player.vimeo.com/video/123456789?autoplay=1&dnt=1"),
        ("https://vimeo.com/123456789/0a1b2c3d4e", f"{VIMEO}/0a1b2c3d4e", "https://player.vimeo.com/video/123456789?"),
        ("https://player.vimeo.com/video/123456789?h=0a1b2c3d4e", f"{VIMEO}/0a1b2c3d4e", "https://player.vimeo.com/"),
    ],
)
def test_an_address_becomes_one_of_the_page_and_one_of_the_player(address, page, player):
    video = read_address(address, PLATFORMS.values())
    assert video.page_url == page
    assert video.player_url.startswith(player)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com.example.org/watch?v=dQw4w9WgXcQ",
        "https://evil@www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com:8443/watch?v=dQw4w9WgXcQ",
        "javascript://www.youtube.com/watch?v=dQw4w9WgXcQ",
        'https://www.youtube.com/watch?v=dQw4w9W"cQ',
        "https://www.youtube.com/watch?v=te-kort",
        "https://www.youtube.com/playlist?list=dQw4w9WgXcQ",
        "https://youtu.be/watch?v=dQw4w9WgXcQ",
        "https://vimeo.com/channels/123456789",
        "https://vimeo.com/123456789/geen-code",
        "https://[oeps/watch",
        "",
    ],
)
def test_any_other_address_is_no_video(address):
    assert read_address(address, PLATFORMS.values()) is None


def test_only_platforms_of_the_setting_count():
    assert read_address(VIMEO, platforms(["youtube.com"])) is None
    with pytest.raises(ValueError, match=r"example\.org"):
        platforms(["example.org"])


def test_production_does_not_start_with_a_platform_that_it_does_not_know():
    started = load_production(**SAFE, VIDEO_HOSTS="youtube.com,example.org")
    assert started.returncode != 0
    assert "VIDEO_HOSTS" in started.stderr
    assert "example.org" in started.stderr
    assert ImproperlyConfigured.__name__ in started.stderr


@pytest.mark.django_db
class TestWhatAnEditorMayPublish:
    def test_an_address_is_kept_in_its_plain_form(self):
        assert cleaned(url="https://youtu.be/dQw4w9WgXcQ?si=spoor")["url"] == YOUTUBE

    def test_another_host_is_refused_and_the_message_says_what_may(self):
        message = refusal(url="https://www.dailymotion.com/video/x8abc")["url"]
        assert "YouTube of Vimeo" in message

    def test_the_message_follows_the_setting(self, settings):
        settings.VIDEO_HOSTS = ["vimeo.com"]
        message = refusal(url=YOUTUBE)["url"]
        assert "Vimeo" in message
        assert "YouTube" not in message

    def test_an_address_and_a_file_together_or_neither_are_refused(self):
        assert "url" in refusal(file=make_video().pk)
        assert "url" in refusal(url="")

    def test_a_file_must_be_a_video(self):
        assert "MP4" in refusal(url="", file=make_document().pk)["file"]

    def test_a_video_needs_its_text_or_no_speech_at_all(self):
        assert "transcript" in refusal(transcript="")
        assert "transcript" in refusal(transcript="<p></p>")
        assert "transcript" in refusal(silent=True)
        assert cleaned(transcript="", silent=True)

    def test_speech_in_a_file_of_our_own_needs_captions(self):
        file = make_video().pk
        assert "captions" in refusal(url="", file=file)
        assert cleaned(url="", file=file, transcript="", silent=True)
        assert cleaned(url="", file=file, captions=[item({"file": make_captions().pk, "language": "nl"})])

    def test_captions_do_not_go_with_a_platform(self):
        captions = [item({"file": make_captions().pk, "language": "nl"})]
        assert "captions" in refusal(captions=captions)

    @pytest.mark.parametrize(("content", "name"), [(b"tekst", "nl.vtt"), (b"WEBVTT\n", "nl.txt")])
    def test_captions_must_be_webvtt(self, content, name):
        captions = [item({"file": make_captions(content, name).pk, "language": "nl"})]
        assert "captions" in refusal(url="", file=make_video().pk, captions=captions)

    def test_a_draft_may_be_half_filled(self):
        stream = BODY.stream_block
        value = stream.to_python([block(url="", poster=None, transcript="")])
        assert stream.clean_deferred(value)


@pytest.mark.django_db
class TestWhatAReaderGets:
    def test_a_poster_and_a_plain_link_that_names_the_platform(self, client):
        html = html_of(client)
        assert f'href="{YOUTUBE}" rel="external">Bekijk de video op YouTube<' in html
        assert "Als u hem start, ziet YouTube uw IP-adres en kan het cookies plaatsen." in html
        assert "/media/images/" in html

    def test_nothing_of_another_host_loads_by_itself(self, client):
        html = html_of(client)
        assert "<iframe" not in html
        assert 'data-player="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&amp;rel=0"' in html
        for attribute in ('src="http', 'srcset="http', 'poster="http'):
            assert attribute not in html

    def test_the_text_stands_below_it(self, client):
        html = html_of(client, transcript="<p>Wij werken <b>samen</b>.</p>")
        assert "<details" in html
        assert "Wij werken <b>samen</b>." in html

    def test_a_silent_video_says_so(self, client):
        html = html_of(client, transcript="", silent=True)
        assert "In deze video wordt niet gesproken." in html
        assert "<details" not in html

    def test_a_file_of_our_own_plays_here_with_captions(self, client):
        captions = [
            item({"file": make_captions(name="en.vtt").pk, "language": "en"}),
            {**item({"file": make_captions().pk, "language": "nl"}), "id": "twee"},
        ]
        html = html_of(client, url="", file=make_video().pk, captions=captions)
        assert 'preload="none"' in html
        assert 'type="video/mp4"' in html
        assert 'srclang="nl" label="Nederlands" default>' in html
        assert 'srclang="en" label="English">' in html
        assert "data-player" not in html

    def test_a_file_that_is_not_public_takes_the_block_away(self, client):
        file = make_video(collection=private_collection()).pk
        html = html_of(client, url="", file=file, transcript="", silent=True)
        assert "Zo werkt het" not in html
        assert "<video" not in html

    def test_a_video_of_a_platform_no_longer_allowed_is_not_shown(self, client, settings):
        settings.VIDEO_HOSTS = ["vimeo.com"]
        assert "youtube" not in html_of(client)

    def test_titles_are_escaped_in_attributes_too(self, client):
        html = html_of(client, title='"><script>alert(1)</script>')
        assert "<script>alert" not in html
        assert 'data-title="&quot;&gt;&lt;script' in html

    def test_the_policy_allows_the_players_and_our_own_media_only(self, client):
        _site, home = make_site()
        policy = client.get(home.url).headers["Content-Security-Policy"]
        assert "frame-src https://www.youtube-nocookie.com https://player.vimeo.com;" in f"{policy};"
        assert "media-src 'self';" in f"{policy};"


@pytest.mark.django_db
class TestPartsOfAFile:
    """Some browsers play a video only when they can ask for parts of it."""

    @pytest.fixture
    def address(self) -> str:
        video = make_video()
        refer_to(video)
        return f"/documenten/{video.pk}/{video.filename}"

    @pytest.mark.parametrize(
        ("asked", "first", "last"), [("bytes=0-9", 0, 9), ("bytes=90-", 90, 99), ("bytes=-5", 95, 99)]
    )
    def test_gives_the_part_that_is_asked_for(self, address, client, asked, first, last):
        answer = client.get(address, headers={"range": asked})
        assert answer.status_code == 206
        assert b"".join(answer.streaming_content) == FILM[first : last + 1]
        assert answer.headers["Content-Range"] == f"bytes {first}-{last}/100"
        assert answer.headers["Content-Length"] == str(last - first + 1)
        assert answer.headers["Content-Type"] == "video/mp4"

    def test_says_when_the_part_does_not_exist(self, address, client):
        answer = client.get(address, headers={"range": "bytes=200-"})
        assert answer.status_code == 416
        assert answer.headers["Content-Range"] == "bytes */100"

    @pytest.mark.parametrize("headers", [{}, {"range": "bytes=0-1,5-6"}, {"range": "bytes=0-1", "if-range": '"oud"'}])
    def test_else_gives_the_whole(self, address, client, headers):
        answer = client.get(address, headers=headers)
        assert answer.status_code == 200
        assert len(b"".join(answer.streaming_content)) == 100
        assert answer.headers["Accept-Ranges"] == "bytes"

    def test_a_part_of_a_private_file_is_as_private(self, client):
        video = make_video(collection=private_collection())
        refer_to(video)
        answer = client.get(f"/documenten/{video.pk}/{video.filename}", headers={"range": "bytes=0-9"})
        assert answer.status_code == 302
