"""Bodies in the overview block: all, those of one tier, or those of one kind."""

from django.conf import settings
from django.utils.translation import gettext

from cms.blocks.overview import Overview, Pages, more_link
from cms.rendering.context import RenderContext
from cms.rendering.values import Card
from network.models import BodyKind, NetworkBodyPage, NetworkPage
from network.picture import TIERS
from network.sections import body_cards
from network.statements import Words

Tier = NetworkBodyPage.Tier


def choices() -> list[tuple[str, str]]:
    """Give what an editor can choose. A kind stands by its key, which is the same in every language."""
    tiers = [(f"niveau:{tier.value}", gettext("Niveau: %(name)s") % {"name": tier.label}) for tier in TIERS]
    kinds = BodyKind.objects.filter(live=True, locale__language_code=settings.LANGUAGE_CODE)
    return [
        ("", gettext("Alle organen")),
        *tiers,
        *((f"soort:{kind.key}", gettext("Soort: %(name)s") % {"name": kind}) for kind in kinds),
    ]


def bodies(choice: str, context: RenderContext) -> Overview:
    """Give the bodies of the whole network, from the region to the neighbourhood and in the order of the page tree.

    A body that belongs to a collective stays with it, as on the network's own page. Of one kind all bodies are given,
    but a collective whose parts are of that kind too makes way for them.
    """
    words = context.once("words", lambda: Words.load(context.site, context.locale))
    by, _colon, value = choice.partition(":")
    sources = list(words.sources.values())
    if by == "soort":
        keys = dict(BodyKind.objects.filter(pk__in={source.kind_id for source in sources}).values_list("pk", "key"))
        sources = [source for source in sources if keys[source.kind_id] == value]
        parents = [words.parent(source) for source in sources]
        sources = [source for source in sources if source not in parents]
    else:
        sources = [source for source in sources if words.parent(source) is None and value in ("", source.tier)]
    sources.sort(key=lambda source: TIERS.index(Tier(source.tier)))

    def cards(pages: Pages, context: RenderContext) -> list[Card]:
        kinds = context.all_terms(BodyKind)
        return body_cards([words.sources[pk] for pk in pages], words, kinds, context)

    return Overview(
        pages={source.pk: words.pages[source.pk] for source in sources},
        empty=gettext("Er staan nog geen organen op de site."),
        more=more_link(NetworkPage, gettext("Het hele netwerk"), context),
        cards=cards,
    )
