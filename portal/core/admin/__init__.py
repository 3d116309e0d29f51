"""The administration: the base of every admin of the house, and the ground floor's own tables."""

from portal.core.admin import facts, jobs, reviews, texts

__all__ = ["facts", "jobs", "reviews", "texts"]
