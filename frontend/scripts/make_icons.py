"""Draws the icons at the root of the site, for browsers and home screens, from `design/static/favicon.svg`.

Chromium draws, Pillow packs. Run `PYTHONPATH=. .venv/bin/python frontend/scripts/make_icons.py` from the root of the
project, then `npm run css` in `frontend`, which copies them to where they are served.
"""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from deploy.local import chromium

STATIC = Path(__file__).resolve().parents[1] / "design/static"
MARK = STATIC / "favicon.svg"
BACKGROUND = "#fffefb"  # --vn-sand-0: Apple and Android show no transparency
# A mask may cut all but a circle of 80 % of the width.
MASKED = 0.66


def draw(page: Page, size: int, share: float, background: str) -> Image.Image:
    """Give the mark in a square of `size` pixels, taking that share of its width."""
    page.set_viewport_size({"width": size, "height": size})
    mark = round(size * share)
    page.set_content(
        f"<style>html{{height:100%;background:{background}}}body{{margin:0;height:100%;display:grid;place-items:center}}"
        f"svg{{width:{mark}px;height:{mark}px}}</style>{MARK.read_text()}"
    )
    return Image.open(io.BytesIO(page.screenshot(omit_background=True)))


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.ensure(), args=["--no-sandbox"])
        page = browser.new_page(color_scheme="light")
        small = [draw(page, size, 1, "transparent") for size in (16, 32, 48)]
        small[-1].save(
            STATIC / "favicon.ico", append_images=small[:-1], sizes=[image.size for image in small], bitmap_format="png"
        )
        for name, size in (("apple-touch-icon", 180), ("icon-192", 192), ("icon-512", 512)):
            icon = draw(page, size, MASKED, BACKGROUND).convert("RGB")
            icon.quantize(64).save(STATIC / f"{name}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
