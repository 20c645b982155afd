"""Tables to take along: CSV as a Dutch spreadsheet opens it, from lines of text."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from django.http import HttpResponse

CONTENT_TYPE = "text/csv; charset=utf-8; header=present"
# A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def table_response(rows: Sequence[Sequence[str]], name: str) -> HttpResponse:
    """Answer with a table, its head first, as a file of this name that no search engine lists.

    Who may keep it is for who calls to say.
    """
    response = HttpResponse(b"".join(lines(rows)), content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def lines(rows: Sequence[Sequence[str]]) -> Iterator[bytes]:
    """Give the table as Excel opens it with Dutch settings: a byte order mark, semicolons, CR LF (RFC 4180)."""
    yield b"\xef\xbb\xbf"
    for row in rows:
        out = StringIO()
        csv.writer(out, delimiter=";").writerow([safe(cell) for cell in row])
        yield out.getvalue().encode()


def safe(cell: str) -> str:
    """Keep a spreadsheet from taking text for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
