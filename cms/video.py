"""Addresses of videos at other platforms: which are allowed, and what the player's address is. Asks nothing of them."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlsplit


@dataclass(frozen=True)
class HostedVideo:
    """A video at a platform: its page there, and the address of the player that a click may load."""

    platform: str
    page_url: str
    player_url: str


@dataclass(frozen=True)
class Platform:
    """A platform under its main host, with the origin of its player and the reader of its addresses."""

    name: str
    hosts: frozenset[str]
    player_origin: str
    read: Callable[[SplitResult], HostedVideo | None]


_YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_VIMEO_ID = re.compile(r"[0-9]{6,12}")
_VIMEO_HASH = re.compile(r"[0-9a-f]{8,12}")


def _components(address: SplitResult) -> list[str]:
    return [part for part in address.path.split("/") if part]


def _read_youtube(address: SplitResult) -> HostedVideo | None:
    match _components(address):
        case [video_id] if address.hostname == "youtu.be":
            pass
        case ["watch"] if address.hostname != "youtu.be":
            video_id = parse_qs(address.query).get("v", [""])[0]
        case ["embed" | "shorts" | "live", video_id] if address.hostname != "youtu.be":
            pass
        case _:
            return None
    if not _YOUTUBE_ID.fullmatch(video_id):
        return None
    return HostedVideo(
        platform="YouTube",
        page_url=f"https://www.youtube.com/watch?v={video_id}",
        # `rel=0`: at the end no videos of others. `autoplay`: the reader has pressed play already.
        player_url=f"https://www.youtube-nocookie.com/embed/{video_id}?autoplay=1&rel=0",
    )


def _read_vimeo(address: SplitResult) -> HostedVideo | None:
    private = ""
    match _components(address):
        case ["video", video_id] if address.hostname == "player.vimeo.com":
            private = parse_qs(address.query).get("h", [""])[0]
        case [video_id] if address.hostname != "player.vimeo.com":
            pass
        case [video_id, private] if address.hostname != "player.vimeo.com":
            pass
        case _:
            return None
    # A video that is not listed at Vimeo has a second part in its address.
    if not _VIMEO_ID.fullmatch(video_id) or (private and not _VIMEO_HASH.fullmatch(private)):
        return None
    return HostedVideo(
        platform="Vimeo",
        page_url=f"https://vimeo.com/{video_id}" + (f"/{private}" if private else ""),
        # `dnt`: Vimeo keeps no record of the viewer and sets no cookie for that.
        player_url=f"https://player.vimeo.com/video/{video_id}?autoplay=1&dnt=1" + (f"&h={private}" if private else ""),
    )


PLATFORMS = {
    "youtube.com": Platform(
        "YouTube",
        frozenset(
            {"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be", "youtube-nocookie.com",
             "www.youtube-nocookie.com"}
        ),
        "https://www.youtube-nocookie.com",
        _read_youtube,
    ),
    "vimeo.com": Platform(
        "Vimeo", frozenset({"vimeo.com", "www.vimeo.com", "player.vimeo.com"}), "https://player.vimeo.com", _read_vimeo
    ),
}  # fmt: skip


def platforms(hosts: Iterable[str]) -> list[Platform]:
    """Give the platforms of these main hosts. Raises ValueError, naming the host, for one that is not known."""
    unknown = [host for host in hosts if host not in PLATFORMS]
    if unknown:
        raise ValueError(f"No video platform is known under {unknown[0]!r}; choose from {', '.join(PLATFORMS)}.")
    return [PLATFORMS[host] for host in hosts]


def read_address(address: str, allowed: Iterable[Platform]) -> HostedVideo | None:
    """Give the video that stands at `address`, or None where it is no video of an allowed platform."""
    try:
        parts = urlsplit(address.strip())
        odd = parts.scheme not in ("http", "https") or parts.username is not None or parts.port is not None
    except ValueError:
        return None
    if odd:
        return None
    for platform in allowed:
        if parts.hostname in platform.hosts:
            return platform.read(parts)
    return None
