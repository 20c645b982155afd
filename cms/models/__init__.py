"""Models that all apps share: user, image, document, and the abstract bases of pages, terms, contacts, periods
and parts of the site."""

from cms.models.api_token import ApiToken
from cms.models.banner import Banner
from cms.models.contact import Contact
from cms.models.document import CMSDocument, DocumentText, DocumentVersion, ExtractionState, PartKind
from cms.models.form import Form
from cms.models.image import CMSImage, CMSRendition
from cms.models.navigation import Footer, Navigation
from cms.models.page import BasePage
from cms.models.period import Period, PeriodQuerySet, holding_on
from cms.models.preview import FrontendPreview, ReviewLink
from cms.models.search_index import IndexVersion, PendingEntry
from cms.models.search_words import BestBet, IgnoredWord, MissedSearch, Synonyms
from cms.models.site_part import SitePart
from cms.models.submission import FormSubmission
from cms.models.term import Term
from cms.models.texts import SiteTexts
from cms.models.user import User
from cms.models.webhook import Delivery, OutboxMessage, Webhook

__all__ = [
    "ApiToken",
    "Banner",
    "BasePage",
    "BestBet",
    "CMSDocument",
    "CMSImage",
    "CMSRendition",
    "Contact",
    "Delivery",
    "DocumentText",
    "DocumentVersion",
    "ExtractionState",
    "Footer",
    "Form",
    "FormSubmission",
    "FrontendPreview",
    "IgnoredWord",
    "IndexVersion",
    "MissedSearch",
    "Navigation",
    "OutboxMessage",
    "PartKind",
    "PendingEntry",
    "Period",
    "PeriodQuerySet",
    "ReviewLink",
    "SitePart",
    "SiteTexts",
    "Synonyms",
    "Term",
    "User",
    "Webhook",
    "holding_on",
]
