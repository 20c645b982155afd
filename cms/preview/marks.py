"""Marks what a block made, in previews only, so that a click leads to the block in the editor."""

from html.parser import HTMLParser

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class _Roots(HTMLParser):
    """Finds where the names of the outermost elements end."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.places: list[int] = []
        self._depth = 0
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(tag)
        if tag not in _VOID:
            self._depth += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(tag)

    def handle_endtag(self, tag: str) -> None:
        self._depth -= 1

    def _note(self, tag: str) -> None:
        if self._depth == 0:
            line, column = self.getpos()
            self.places.append(self._lines[line - 1] + column + 1 + len(tag))


def marked(html: str, block_id: str) -> str:
    """Give the HTML of a block, with `data-blok` on its outermost elements; as it is where the block has no id yet."""
    if not block_id.replace("-", "").isalnum():
        return html
    for place in reversed(_Roots(html).places):
        html = f'{html[:place]} data-blok="{block_id}"{html[place:]}'
    return html
