"""The administration: the base of every admin of the house, and the ground floor's own tables."""

from portal.core.admin import jobs, texts

__all__ = ["jobs", "texts"]
