"""The main menu and the footer, as editors arrange them."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from cms.blocks.fields import BlocksField
from cms.blocks.links import LinkBlock
from cms.models.site_part import SitePart


class MenuLinkBlock(LinkBlock):
    """A link without explanation: a menu has no room for one."""

    description = None

    class Meta:
        icon = "link"
        label = _("Koppeling")


class MenuGroupBlock(blocks.StructBlock):
    """A word in the menu under which links unfold."""

    title = blocks.CharBlock(label=_("Woord in het menu"), max_length=40)
    items = blocks.ListBlock(MenuLinkBlock(), label=_("Koppelingen"), min_num=1, max_num=8)

    class Meta:
        icon = "list-ul"
        label = _("Groep koppelingen")


class FooterColumnBlock(blocks.StructBlock):
    """A column of links in the footer."""

    title = blocks.CharBlock(label=_("Kop"), required=False, max_length=60)
    items = blocks.ListBlock(MenuLinkBlock(), label=_("Koppelingen"), min_num=1, max_num=10)

    class Meta:
        icon = "list-ul"
        label = _("Kolom")


def menu_blocks() -> list[tuple[str, blocks.Block]]:
    """Give what a menu is made of."""
    return [("link", MenuLinkBlock()), ("group", MenuGroupBlock())]


def footer_blocks() -> list[tuple[str, blocks.Block]]:
    """Give what a footer is made of."""
    return [("column", FooterColumnBlock())]


class Navigation(SitePart):
    """The main menu."""

    items = BlocksField(
        _("menu"), blocks=menu_blocks, max_num=8,
        help_text=_(
            "Wat bovenaan elke pagina staat. Houd het kort: vijf tot zeven woorden. "
            "Een pagina die niet openbaar is, komt vanzelf niet in het menu."
        ),
    )  # fmt: skip

    panels: ClassVar = [FieldPanel("site"), FieldPanel("items")]

    class Meta(SitePart.Meta):
        verbose_name = _("hoofdmenu")
        verbose_name_plural = _("hoofdmenu's")


class Footer(SitePart):
    """Columns of links at the bottom of each page, and a closing text."""

    columns = BlocksField(_("kolommen"), blocks=footer_blocks, max_num=4, blank=True)
    text = RichTextField(
        _("tekst"), features=["bold", "link"], blank=True, max_length=600,
        help_text=_("Een of twee zinnen onder de naam van de site, bijvoorbeeld wie de site maakt."),
    )  # fmt: skip

    panels: ClassVar = [FieldPanel("site"), FieldPanel("columns"), FieldPanel("text")]

    class Meta(SitePart.Meta):
        verbose_name = _("voet van de site")
        verbose_name_plural = _("voeten van de site")
