"""The groups of blocks in the editor's chooser, in the order in which it shows them."""

from django.utils.translation import gettext_lazy as _

TEXT = _("Tekst")
IMAGE = _("Beeld")
STRUCTURE = _("Opbouw en gegevens")
REFERENCES = _("Verwijzingen")
CONTACT = _("Contact")

GROUPS = (TEXT, IMAGE, STRUCTURE, REFERENCES, CONTACT)
