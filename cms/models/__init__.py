"""Models that all apps share: user, image, document, and the abstract bases of pages, terms, contacts and periods."""

from cms.models.contact import Contact
from cms.models.document import CMSDocument
from cms.models.image import CMSImage, CMSRendition
from cms.models.page import BasePage
from cms.models.period import Period, PeriodQuerySet
from cms.models.term import Term
from cms.models.user import User

__all__ = ["BasePage", "CMSDocument", "CMSImage", "CMSRendition", "Contact", "Period", "PeriodQuerySet", "Term", "User"]
