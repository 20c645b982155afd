"""Fills an empty site with a page for each variant of every block: `python -m tests.e2e.block_pages`."""

import json

import django

VARIANTS = ("short", "empty", "longest", "escaping")


def fill() -> None:
    """Add a content page a variant, with all blocks under each other."""
    from home.models import ContentPage
    from tests.cms.block_values import BLOCK_VALUES
    from tests.cms.factories import make_site, publish

    _site, home = make_site()
    for variant in VARIANTS:
        blocks = [
            {"type": name, "value": variants[variant](), "id": f"00000000-0000-4000-8000-{number:012}"}
            for number, (name, variants) in enumerate(BLOCK_VALUES.items())
        ]
        page = publish(home, ContentPage(title=f"Blokken {variant}", slug=f"blokken-{variant}"))
        page.body = json.dumps(blocks)
        page.save_revision().publish()


if __name__ == "__main__":
    django.setup()
    fill()
