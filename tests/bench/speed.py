"""Measures the search on made-up publications: `python -m tests.bench.speed 10000` on the database in DATABASE_URL.

Prints its figures as JSON. `deploy/local/bench.py` gives it a database of its own and writes them down.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import pickle
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")
django.setup()

from django.db import connection, connections  # noqa: E402

from cms.models import IndexVersion  # noqa: E402
from cms.search import versions  # noqa: E402
from cms.search.building import BATCHES_OF_WORDS  # noqa: E402
from cms.search.engine import complete, find  # noqa: E402
from cms.search.loading import Loaded  # noqa: E402
from cms.search.values import Question  # noqa: E402
from cms.search.writing import Prepared, Words, prepare, write_prepared  # noqa: E402
from tests.bench import beside, generator  # noqa: E402

SITE = 1
BATCH = 200
FACETS = ("thema", "type", "district", "gemeente", "organisatie", "doelgroep", "jaar", "taal", "bestandstype")
CLIENTS = 8
QUESTIONS = 300


@dataclass(frozen=True)
class Figures:
    """Milliseconds of so many questions."""

    p50: float
    p95: float
    worst: float
    number: int


def figures(times: Sequence[float]) -> Figures:
    """Give the figures of times in seconds."""
    ordered = sorted(times)
    return Figures(
        p50=round(ordered[len(ordered) // 2] * 1000, 1),
        p95=round(ordered[int(len(ordered) * 0.95)] * 1000, 1),
        worst=round(ordered[-1] * 1000, 1),
        number=len(ordered),
    )


def timed(ask: Callable[[Any], object], questions: Iterable[Any]) -> list[float]:
    """Give how long each question takes, in seconds."""
    times = []
    for question in questions:
        started = time.perf_counter()
        ask(question)
        times.append(time.perf_counter() - started)
    return times


def fill(number: int) -> float:
    """Build an index of so many publications and search that from now on; give how many seconds that took."""
    version = versions.make()
    with TemporaryDirectory() as folder:
        # Made before the clock runs: a site has its texts already.
        files = [Path(folder) / str(start) for start in range(1, number + 1, BATCH)]
        with _fork().Pool(os.cpu_count(), _without_connection) as pool:
            pool.map(_keep, [(file, min(BATCH, number + 1 - int(file.name))) for file in files])
        started = time.perf_counter()
        vocabulary = Words()
        with _fork().Pool(os.cpu_count(), _without_connection) as pool:
            for batch, prepared in enumerate(pool.imap_unordered(_prepared_file, files), start=1):
                write_prepared(version, prepared, only_new=True, public_on=SITE, words=vocabulary)
                if batch % BATCHES_OF_WORDS == 0:
                    vocabulary.write(version)
        vocabulary.write(version)
        versions.make_indexes(version)
        seconds = time.perf_counter() - started
    with connection.cursor() as cursor:
        for name in versions.partitions(version):
            cursor.execute(f"VACUUM ANALYZE {name}")
    IndexVersion.objects.exclude(pk=version).delete()
    IndexVersion.objects.filter(pk=version).update(state=IndexVersion.State.LIVE)
    versions.drop_leftovers()
    return seconds


def _without_connection() -> None:
    connections.close_all()


def _fork() -> Any:
    """Give what starts processes, none of which may share a connection, or threads of a pool of them, with this one."""
    connection.close()
    connection.close_pool()
    return multiprocessing.get_context("fork")


def _keep(asked: tuple[Path, int]) -> None:
    file, number = asked
    file.write_bytes(pickle.dumps([one.loaded() for one in generator.publications(number, int(file.name))]))


def _prepared_file(file: Path) -> list[Prepared]:
    return _prepared(pickle.loads(file.read_bytes()))  # noqa: S301


def _prepared(loaded: Iterable[Loaded]) -> list[Prepared]:
    # Without the check that a file is still what it was: there are no files here.
    return [replace(prepare(one), hashes={}) for one in loaded]


def questions(number: int, seed: int, publications: int) -> list[Question]:
    """Give questions as readers ask: words of the field, of titles, rare ones, phrases, filters, none at all."""
    chance = random.Random(seed)  # noqa: S311
    return list(islice(_questions(chance, publications), number))


def _questions(chance: random.Random, publications: int) -> Iterator[Question]:
    found, chances = generator.words()
    while True:
        known = generator.publication(chance.randrange(publications) + 1)
        title, text = known.title.split(), known.pages[0].split()
        at = chance.randrange(max(len(text) - 3, 1))
        words = chance.choice(
            [
                chance.choice(generator.DOMAIN),
                chance.choice(generator.DOMAIN),
                " ".join(chance.sample(generator.DOMAIN, 2)),
                " ".join(chance.sample(generator.DOMAIN, 3)),
                " ".join(title[-3:]),
                " ".join(chance.sample(title, 2)),
                " ".join(chance.choices(found, cum_weights=chances, k=1)),
                " ".join(chance.choices(text, k=2)),
                f'"{" ".join(text[at : at + 3])}"',
                f"{chance.choice(generator.DOMAIN)} -{chance.choice(generator.DOMAIN)}",
                f"titel:{title[0]} {title[-1]}",
                "",
            ]
        )
        facets = sorted(known.facets)
        filters = {
            facet: frozenset({value}) for facet, value in chance.sample(facets, chance.choice((0, 0, 0, 1, 1, 2)))
        }
        yield Question(
            SITE,
            "nl",
            words,
            filters=filters,
            facets=FACETS,
            kinds=frozenset({"publicatie"}),
            order="nieuwste" if chance.random() < 0.1 else "relevantie",
            start=20 if chance.random() < 0.1 else 0,
            any_word=chance.random() < 0.05,
        )


def typing_errors(number: int, seed: int) -> list[Question]:
    """Give questions of one word with an error."""
    chance = random.Random(seed)  # noqa: S311
    found, chances = generator.words()
    wrong = []
    while len(wrong) < number:
        word = chance.choices(found, cum_weights=chances, k=1)[0]
        at = chance.randrange(1, len(word) - 1)
        changed = chance.choice(
            [
                word[:at] + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                word[:at] + "q" + word[at:],
            ]
        )
        wrong.append(Question(SITE, "nl", changed, facets=FACETS))
    return wrong


def beginnings(number: int, seed: int) -> list[str]:
    """Give what somebody typed so far: two letters and more, of one word or two."""
    chance = random.Random(seed)  # noqa: S311
    found, chances = generator.words()
    typed = []
    for _each in range(number):
        word = chance.choices(found, cum_weights=chances, k=1)[0]
        before = f"{chance.choice(generator.DOMAIN)} " if chance.random() < 0.3 else ""
        typed.append(before + word[: chance.randrange(2, max(3, len(word)))])
    return typed


def with_clients(clients: int, publications: int) -> list[float]:
    """Give the times of questions that so many readers ask at once."""
    with _fork().Pool(clients, _without_connection) as pool:
        times = pool.starmap(_client, [(seed, publications) for seed in range(clients)], chunksize=1)
    return [one for each in times for one in each]


def _client(seed: int, publications: int) -> list[float]:
    asked = questions(60, 100 + seed, publications)
    timed(find, asked[:5])
    return timed(find, asked[5:])


def while_indexing(publications: int) -> list[float]:
    """Give the times of questions while the worker puts changes into the index."""
    fork = _fork()
    stop = fork.Event()
    writer = fork.Process(target=_write, args=(stop, publications))
    writer.start()
    try:
        return timed(find, questions(QUESTIONS, 7, publications))
    finally:
        stop.set()
        writer.join()


def _write(stop: Any, publications: int) -> None:
    version = versions.live()
    assert version is not None
    start = publications
    while not stop.is_set():
        write_prepared(
            version, _prepared(one.loaded() for one in generator.publications(20, start + 1)), public_on=SITE
        )
        start += BATCH


def measure(number: int) -> dict[str, Any]:
    """Give all figures of an index of so many publications."""
    seconds = fill(number)
    asked = questions(QUESTIONS, 1, number)
    timed(find, asked[:40])
    # An error can make another word, or the beginning of one: what finds something is a search like any other.
    wrong = [question for question in typing_errors(300, 3) if not find(question).total]
    result: dict[str, Any] = {
        "publications": number,
        "reindex_seconds": round(seconds, 1),
        "characters": sum(sum(map(len, one.pages)) for one in generator.publications(200)) // 200,
        "search": asdict(figures(timed(find, asked))),
        "correction": asdict(figures(timed(find, wrong))),
        "completion": asdict(figures(timed(lambda typed: complete(SITE, "nl", typed), beginnings(200, 4)))),
    }
    result["clients"] = asdict(figures(with_clients(CLIENTS, number)))
    result["indexing"] = asdict(figures(while_indexing(number)))
    result["sizes"] = _sizes()
    return result


def measure_beside(number: int) -> dict[str, Any]:
    """Give figures of the same words asked of this search and of Wagtail's own."""
    words = [question.words for question in questions(4 * QUESTIONS, 9, number) if question.words.isalpha()][:100]
    beside.fill(number)
    plain = [Question(SITE, "nl", each, facets=FACETS, kinds=frozenset({"publicatie"})) for each in words]
    timed(beside.search, words[:10])
    timed(find, plain[:10])
    return {
        "publications": number,
        "beside": {
            "ours": asdict(figures(timed(find, plain))),
            "wagtail": asdict(figures(timed(beside.search, words))),
        },
    }


def _sizes() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT parent.relname, sum(pg_total_relation_size(inhrelid)) FROM pg_inherits"
            " JOIN pg_class parent ON parent.oid = inhparent"
            " WHERE parent.relkind = 'p' AND parent.relname LIKE 'cms\\_search%%' GROUP BY 1 ORDER BY 1"
        )
        return {name: int(size) for name, size in cursor.fetchall()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="+", type=int)
    parser.add_argument("--beside", action="store_true", help="also ask Wagtail's own search, at the last size")
    arguments = parser.parse_args()
    for number in arguments.sizes:
        print(json.dumps(measure(number)), flush=True)
    if arguments.beside:
        print(json.dumps(measure_beside(arguments.sizes[-1])), flush=True)


if __name__ == "__main__":
    main()
