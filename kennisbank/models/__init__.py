"""The Kennisbank: its front page, publications with files, and the terms that describe them."""

from kennisbank.models.pages import KennisbankPage, PublicationFile, PublicationPage
from kennisbank.models.terms import Audience, PublicationType

__all__ = ["Audience", "KennisbankPage", "PublicationFile", "PublicationPage", "PublicationType"]
