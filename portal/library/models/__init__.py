"""The tables of the library."""

from portal.library.models.catalogue import (
    CatalogueItem,
    CatalogueLanguage,
    CatalogueText,
    PastAddress,
    SearchDocument,
    SearchTerm,
)
from portal.library.models.documents import Document, DocumentFile
from portal.library.models.framework import Mandate, Theme
from portal.library.models.publishing import Publishable
from portal.library.models.reports import RecordReport
from portal.library.models.strands import Milestone, ProgrammeStrand, StatedFigure, StrandActivity, StrandName

__all__ = [
    "CatalogueItem",
    "CatalogueLanguage",
    "CatalogueText",
    "Document",
    "DocumentFile",
    "Mandate",
    "Milestone",
    "PastAddress",
    "ProgrammeStrand",
    "Publishable",
    "RecordReport",
    "SearchDocument",
    "SearchTerm",
    "StatedFigure",
    "StrandActivity",
    "StrandName",
    "Theme",
]
