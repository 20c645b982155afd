"""The Kennisbank: its front page, publications with files, and the terms that describe them."""

from kennisbank.exchange.models import ImportedPublication
from kennisbank.models.pages import KennisbankPage, PublicationFile, PublicationPage
from kennisbank.models.terms import Audience, PublicationType
from kennisbank.uploads.models import UploadBatch, UploadedFile

__all__ = [
    "Audience",
    "ImportedPublication",
    "KennisbankPage",
    "PublicationFile",
    "PublicationPage",
    "PublicationType",
    "UploadBatch",
    "UploadedFile",
]
