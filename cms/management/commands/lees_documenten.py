"""Reads documents that wait, and those that a killed worker left. The worker does so by itself; this does it now."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand

from cms.documents.reading import again, read_now, unread
from cms.models import CMSDocument, ExtractionState


class Command(BaseCommand):
    help = "Lees de tekst van documenten die nog niet gelezen zijn."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--opnieuw",
            choices=["mislukt", "alles"],
            help="Lees ook wat niet lukte (mislukt) of alle documenten (alles) opnieuw.",
        )

    def handle(self, *args: Any, opnieuw: str | None, **options: Any) -> None:
        if opnieuw:
            failed = CMSDocument.objects.filter(
                extraction_state__in=[
                    ExtractionState.FAILED,
                    ExtractionState.NO_TEXT,
                    ExtractionState.TOO_BIG,
                    ExtractionState.UNSAFE,
                ]
            )
            again(failed if opnieuw == "mislukt" else CMSDocument.objects.exclude(extraction_state="running"))
        todo = list(unread().order_by("pk").values_list("pk", flat=True))
        states: Counter[str] = Counter()
        for number, document in enumerate(todo, start=1):
            states[self._read(document, f"{number} van {len(todo)}")] += 1
        words = [f"{count} {ExtractionState(state).label}" for state, count in sorted(states.items())]
        self.stdout.write(f"Klaar: {', '.join(words)}." if words else "Er was niets te lezen.")

    def _read(self, pk: int, place: str) -> str:
        """Read one document, as often as it may be tried, and print how it went."""
        document = CMSDocument.objects.filter(pk=pk).first()
        if document is None:
            return ExtractionState.NO_TEXT  # deleted meanwhile
        while (state := read_now(document)) == ExtractionState.QUEUED:
            pass
        document.refresh_from_db()
        self.stdout.write(f"{place}: {document.title}: {document.get_extraction_state_display()}")
        if document.extraction_message:
            self.stdout.write(f"    {document.extraction_message}")
        return state
