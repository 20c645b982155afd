"""Prints how often the search is right: `python -m tests.bench.quality`, see README.md.

Words and typing errors need no database. Questions do: `--questions` asks the database in DATABASE_URL and leaves
nothing in it.
"""

import argparse
import os
from pathlib import Path

import django

from tests.bench.quality import score

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")


def main() -> None:
    """Read the arguments, print the rates."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.quality", description=__doc__)
    parser.add_argument("--pairs", type=Path, action="append", help="another set of pairs: query,document,match,kind")
    parser.add_argument("--typos", type=Path, help="another set of typing errors: typed,meant")
    parser.add_argument("--questions", action="store_true", help="ask the questions too, in a database")
    parser.add_argument("--wrong", action="store_true", help="print what went wrong")
    options = parser.parse_args()
    for path in options.pairs or (score.PAIRS, score.UNSEEN):
        print(path.name)
        print(*score.lines(score.score_pairs(path), options.wrong), sep="\n")
    if options.typos or not options.pairs:
        path = options.typos or score.TYPOS
        print(path.name)
        print(*score.lines({"typo": score.score_typos(path)}, options.wrong), sep="\n")
    if options.questions:
        django.setup()
        from django.db import transaction

        from tests.bench.quality import index

        with transaction.atomic():
            index.make()
            print(score.QUESTIONS.name)
            print(*score.lines(score.score_questions(), options.wrong), sep="\n")
            transaction.set_rollback(True)


if __name__ == "__main__":
    main()
