"""The network as a graph: bodies, and who does what to whom, on one day and in one language."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from django.utils import timezone
from pydantic import Field
from wagtail.models import Locale, Site

from cms.rendering.links import foreign_language, page_path
from cms.rendering.values import TextPart
from cms.schema import Schema
from network.models import BodyKind, NetworkBodyPage
from network.sentences import plain
from network.statements import Statement, Words, facts_of_all_days, said_on


class BodyNode(Schema, title="Netwerkknoop"):
    """A body. `parent` is the collective it belongs to."""

    id: int
    title: str = Field(alias="titel")
    short_name: str = Field(alias="korteNaam", description="Leeg als er geen korte naam is")
    url: str
    body_kind: str = Field(alias="orgaansoort")
    tier: Literal["lokaal", "districtelijk", "regionaal"] = Field(alias="niveau")
    parent: int | None = Field(default=None, alias="onderdeelVan", description="Id van het orgaan waar dit bij hoort")
    language: str | None = Field(default=None, alias="taal", description="BCP 47-taalcode, alleen als die afwijkt")


class RelationEdge(Schema, title="Netwerkrelatie"):
    """A relation between two bodies of the graph, or the seat of a role of one body in another ("deelname")."""

    kind: Literal["relatie", "deelname"] = Field(alias="soort")
    source: int = Field(alias="van", description="Id van het orgaan dat iets doet")
    target: int = Field(alias="naar")
    role: str | None = Field(
        default=None, alias="rol", description="De rol die handelt, als dat niet het orgaan zelf is"
    )
    verb: str | None = Field(
        default=None, alias="werkwoord", description="Kort, voor bij een pijl; in het getal van wie iets doet"
    )
    arrow: str = Field(alias="pijltekst", description="Rol en werkwoord, zoals in de tekening bij de pijl staat")
    arrow_language: str | None = Field(
        default=None, alias="pijltaal", description="Taal van `pijltekst`, alleen als die afwijkt"
    )
    sentence: list[TextPart] = Field(alias="zin")
    text: str = Field(alias="tekst", description="De zin zonder koppelingen")
    inverse_sentence: list[TextPart] = Field(
        default_factory=list,
        alias="omgekeerdeZin",
        description="Met het andere orgaan voorop; leeg bij deelname",
    )


class NetworkGraph(Schema, title="Netwerk"):
    day: date = Field(alias="peildatum")
    nodes: list[BodyNode] = Field(alias="organen")
    edges: list[RelationEdge] = Field(alias="relaties")


def network_graph(site: Site, locale: Locale, day: date | None = None) -> NetworkGraph:
    """Give the visible bodies of `site`, and what holds between them on `day` (default today), for readers of `locale`.

    Ids are those of the pages a reader of that language gets. Four queries in the site's own language, six in others,
    whatever the number of bodies; none where an answer of the same generation had them.
    """
    day = day or timezone.localdate()
    words = Words.load(site, locale, day)
    return graph_of(words, BodyKind.in_locale(locale), said_on(day, facts_of_all_days()), day)


def graph_of(words: Words, kinds: dict[int, BodyKind], statements: Iterable[Statement], day: date) -> NetworkGraph:
    """Give the graph of the bodies that `words` may name, and what these statements say of them. No queries."""
    return NetworkGraph(
        day=day,
        nodes=[_node(source, words, kinds) for source in words.sources.values()],
        edges=[_edge(statement, words) for statement in statements if words.knows(statement)],
    )


def _node(source: NetworkBodyPage, words: Words, kinds: dict[int, BodyKind]) -> BodyNode:
    page = words.pages[source.pk]
    parent = words.parent(source)
    return BodyNode(
        id=page.pk,
        title=page.title,
        short_name=page.short_name,
        url=page_path(page),
        body_kind=str(kinds.get(source.kind_id, "")),
        tier=source.tier,
        parent=words.pages[parent.pk].pk if parent else None,
        language=foreign_language(page, words.locale),
    )


def _edge(statement: Statement, words: Words) -> RelationEdge:
    (sentence,) = words.say([statement])
    arrow, language = words.say_arrow(statement)
    return RelationEdge(
        kind="relatie" if statement.verb else "deelname",
        source=words.pages[statement.from_body].pk,
        target=words.pages[statement.to_body].pk,
        role=arrow.role or None,
        verb=arrow.verb if statement.verb else None,
        arrow=str(arrow),
        arrow_language=language,
        sentence=sentence,
        text=plain(sentence),
        inverse_sentence=words.say([statement], inverse=True)[0] if statement.verb else [],
    )
