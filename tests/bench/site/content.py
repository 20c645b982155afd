"""Grows a site that has the demo: `python -m tests.bench.site.content 1000` makes it one of a thousand pages.

New pages are copies of the demo's, with titles and texts of their own (tests/bench/generator.py), put in by SQL: saving
each would take an hour. Publications, one in ten a content page, and themes up to the number that a region has.
"""

from __future__ import annotations

import json
import sys
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import Page  # noqa: E402

from cms.models import CMSDocument  # noqa: E402
from districts.models import DistrictPage, Municipality  # noqa: E402
from home.models import ContentPage, HomePage  # noqa: E402
from kennisbank.models import Audience, KennisbankPage, PublicationFile, PublicationPage  # noqa: E402
from network.models import Organisation  # noqa: E402
from tests.bench import generator  # noqa: E402
from themes.models import ThemeIndexPage, ThemePage, ThemePartnerRole  # noqa: E402

MOST_THEMES = 24

# Two halves of what a page has: its row in Wagtail's table, and that of its type. Both follow the page it copies.
_ROWS = """
INSERT INTO {table} SELECT made.* FROM bench_page given
JOIN {table} source ON source.{key} = given.source_id,
LATERAL jsonb_populate_record(NULL::{table}, to_jsonb(source) || given.{half}) made
"""
_ROLES = """
INSERT INTO {table} SELECT made.* FROM bench_page given
JOIN {table} source ON source.page_id = given.source_id,
LATERAL jsonb_populate_record(NULL::{table}, to_jsonb(source) || jsonb_build_object(
    'id', nextval(pg_get_serial_sequence('{table}', 'id')), 'page_id', (given.page->>'id')::bigint,
    'translation_key', gen_random_uuid())) made
"""


@dataclass(frozen=True)
class Made:
    """A page to come: the one that it copies, and what differs in Wagtail's table and in that of its type."""

    source_id: int
    page: dict[str, Any]
    own: dict[str, Any]


def grow(number: int) -> Counter[str]:
    """Add pages until the site has so many; give how many of each kind that were. The index of the search comes after.

    Raises ValueError where the tree is not sound afterwards.
    """
    missing = number - Page.objects.filter(depth__gt=1).count()
    added: Counter[str] = Counter()
    if missing > 0:
        start = Page.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
        with transaction.atomic():
            added = _add(missing, start)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    if any(Page.find_problems()):
        raise ValueError(f"The tree is not sound: {Page.find_problems()}")
    return added


def _add(number: int, start: int) -> Counter[str]:
    own_language = {"locale__language_code": settings.LANGUAGE_CODE}
    themes_left = MOST_THEMES - ThemePage.objects.filter(**own_language).count()
    kinds: dict[type[Page], list[int]] = {ThemePage: [], ContentPage: [], PublicationPage: []}
    for pk in range(start, start + number):
        if pk % 40 == 0 and len(kinds[ThemePage]) < themes_left:
            kinds[ThemePage].append(pk)
        else:
            kinds[ContentPage if pk % 10 == 0 else PublicationPage].append(pk)
    parents = {ThemePage: ThemeIndexPage, ContentPage: HomePage, PublicationPage: KennisbankPage}
    for model, pks in kinds.items():
        if pks:
            _add_copies(model, pks, parents[model].objects.get(**own_language))
    _tell_subjects(kinds[PublicationPage])
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('wagtailcore_page', 'id'), %s)", [start + number])
    return Counter({model.__name__: len(pks) for model, pks in kinds.items()})


def _add_copies(model: type[Page], pks: Sequence[int], parent: Page) -> None:
    # Not what an earlier run put in: only a page that was saved has a revision.
    written = model.objects.child_of(parent).filter(live=True, alias_of=None).exclude(latest_revision=None)
    sources = list(written.order_by("pk"))
    # Made before the copying begins: no other statement may run while it does.
    copies = list(_copies(sources, pks, parent))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE bench_page (source_id bigint, page jsonb, own jsonb) ON COMMIT DROP")
        with cursor.copy("COPY bench_page FROM STDIN") as copy:
            for made in copies:
                copy.write_row((made.source_id, json.dumps(made.page), json.dumps(made.own)))
        cursor.execute(_ROWS.format(table="wagtailcore_page", key="id", half="page"))
        cursor.execute(_ROWS.format(table=model._meta.db_table, key="page_ptr_id", half="own"))
        if model is ThemePage:
            cursor.execute(_ROLES.format(table=ThemePartnerRole._meta.db_table))
        cursor.execute("DROP TABLE bench_page")
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + len(pks))


def _copies(sources: Sequence[Page], pks: Sequence[int], parent: Page) -> Iterator[Made]:
    last = parent.get_last_child()
    step = Page._str2int(last.path[-Page.steplen :]) if last else 0
    now = timezone.now()
    for at, pk in enumerate(pks, start=1):
        source, text = sources[at % len(sources)], generator.publication(pk)
        slug = f"{source.slug}-{pk}"
        # Not all at one moment: lists are sorted by it.
        moment = (now - timedelta(minutes=at)).isoformat()
        page = {
            "id": pk, "path": Page._get_path(parent.path, parent.depth + 1, step + at), "numchild": 0, "slug": slug,
            "url_path": f"{parent.url_path}{slug}/", "title": text.title, "draft_title": text.title,
            "translation_key": str(uuid.UUID(int=pk)), "latest_revision_id": None, "live_revision_id": None,
            "first_published_at": moment, "last_published_at": moment, "seo_title": "", "search_description": "",
        }  # fmt: skip
        own: dict[str, Any] = {"page_ptr_id": pk, "introduction": text.summary[:400]}
        if isinstance(source, PublicationPage):
            own |= {"publication_date": text.day.isoformat(), "replaced_by_id": None, "safety_plan_id": None}
        if hasattr(source, "body"):
            # A text of its own before the blocks of the page that it copies.
            paragraph = {"type": "paragraph", "value": f"<p>{' '.join(text.pages)}</p>", "id": str(uuid.UUID(int=pk))}
            own["body"] = [paragraph, *source.body.raw_data]
        yield Made(source.pk, page, own)


def _tell_subjects(pks: Sequence[int]) -> None:
    """Say of new publications what they are about, as unevenly as the generator has it, and give each a file."""
    locale = {"locale__language_code": settings.LANGUAGE_CODE}
    chosen = {
        "thema": (PublicationPage.themes, ThemePage.objects.filter(**locale)),
        "district": (PublicationPage.districts, DistrictPage.objects.filter(**locale)),
        "gemeente": (PublicationPage.municipalities, Municipality.objects.all()),
        "organisatie": (PublicationPage.organisations, Organisation.objects.all()),
        "doelgroep": (PublicationPage.audiences, Audience.objects.filter(**locale)),
    }
    facets = {pk: generator.publication(pk).facets for pk in pks}
    for facet, (relation, records) in chosen.items():
        through = relation.through
        columns = [field.attname for field in through._meta.local_fields if field.is_relation]
        ids = list(records.order_by("pk").values_list("pk", flat=True))
        pairs = {(pk, ids[int(value) % len(ids)]) for pk in pks for name, value in facets[pk] if name == facet}
        through.objects.bulk_create([through(**dict(zip(columns, pair, strict=True))) for pair in sorted(pairs)])
    documents = list(CMSDocument.objects.order_by("pk").values_list("pk", flat=True))
    PublicationFile.objects.bulk_create(
        [PublicationFile(page_id=pk, document_id=documents[pk % len(documents)], sort_order=0) for pk in pks]
    )


if __name__ == "__main__":
    print(dict(grow(int(sys.argv[1]))))
