"""What the first view of a page costs a reader in bytes."""

import gzip
from urllib.parse import urlsplit

from playwright.sync_api import Page, Response

# Formats of photographs and drawings in pixels: their weight is an editor's choice.
PIXELS = {"image/avif", "image/webp", "image/png", "image/jpeg", "image/gif", "image/x-icon"}
# Packed already; a proxy sends them as they are.
PACKED = {"font/woff2"}


def first_view(page: Page, address: str) -> tuple[dict[str, int], list[str]]:
    """Give {path: bytes} of all that comes but for pictures in pixels, and the addresses of all that comes."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address, wait_until="networkidle")
    weights = {urlsplit(answer.url).path: _sent(answer) for answer in answers if _media_type(answer) not in PIXELS}
    return weights, [answer.url for answer in answers]


def _media_type(answer: Response) -> str:
    return answer.headers.get("content-type", "").split(";")[0]


def _sent(answer: Response) -> int:
    """Bytes as a proxy sends them: it packs what can be packed, Django and the frontend leave that to it."""
    body = answer.body()
    return len(body) if _media_type(answer) in PACKED else len(gzip.compress(body, 6))
