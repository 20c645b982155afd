"""Whom to ask: a role with a function mailbox, never a person."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from cms.rendering.values import Fact, TextPart
from cms.sections import CLOSING, FactsSection


class Contact(models.Model):
    """A contact role and its mailbox, and the section that shows them."""

    contact_role = models.CharField(
        _("contactrol"),
        max_length=150,
        blank=True,
        help_text=_("Een rol, geen naam. Bijvoorbeeld: themacoördinator ondermijning."),
    )
    contact_email = models.EmailField(
        _("functiemailbox"), blank=True, help_text=_("Het adres van een team of functie, niet van een persoon.")
    )

    contact_panel = MultiFieldPanel([FieldPanel("contact_role"), FieldPanel("contact_email")], heading=_("Contact"))

    class Meta:
        abstract = True

    def contact_sections(self) -> list[FactsSection]:
        """Give the section "Contact", or nothing where neither role nor mailbox is known."""
        facts = []
        if self.contact_role:
            facts.append(Fact(term=gettext("Wie"), values=[[TextPart(text=self.contact_role)]]))
        if self.contact_email:
            address = TextPart(text=self.contact_email, url=f"mailto:{self.contact_email}")
            facts.append(Fact(term=gettext("E-mail"), values=[[address]]))
        return [FactsSection(key="contact", title=gettext("Contact"), facts=facts, order=CLOSING)] if facts else []
