"""The administration of the library: importing this registers it."""

from portal.library.admin import catalogue, documents, framework, reports, strands

__all__ = ["catalogue", "documents", "framework", "reports", "strands"]
