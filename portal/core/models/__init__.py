"""The tables of the ground floor."""

from portal.core.models.audit import AuditEntry
from portal.core.models.epoch import Epoch
from portal.core.models.facts import Fact
from portal.core.models.files import StoredFile
from portal.core.models.jobs import Job, JobRow
from portal.core.models.reviews import Review
from portal.core.models.texts import Consent, TextVersion

__all__ = ["AuditEntry", "Consent", "Epoch", "Fact", "Job", "JobRow", "Review", "StoredFile", "TextVersion"]
