"""What every published thing has in common."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.enums import Grade
from portal.core.links import make_token, new_public_id
from portal.library.enums import PublishingStatus
from portal.library.querysets import PublishableQuerySet


class Publishable(models.Model):
    """A thing with the publishing workflow (``library.workflow.PUBLISHING``), a source and a preview link."""

    LINK = "preview"

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    preview_version = models.PositiveIntegerField(default=1, editable=False)
    status = models.CharField(
        _("status"), max_length=12, choices=PublishingStatus, default=PublishingStatus.DRAFT, editable=False
    )
    publish_at = models.DateTimeField(
        _("public from"), null=True, blank=True, help_text=_("Empty: from the moment it is published.")
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    source = models.TextField(_("source"), blank=True, help_text=_("Where this can be read."))
    source_grade = models.CharField(
        _("grade of the source"), max_length=10, choices=Grade, blank=True, help_text=_("Of the record as a whole.")
    )
    is_demo = models.BooleanField(_("demonstration"), default=False)
    created_at = models.DateTimeField(_("entered"), auto_now_add=True)

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def preview_token(self) -> str:
        """For the link that shows the thing to a guest before it is public; raising the version ends it."""
        return make_token(f"{self.LINK}:{self._meta.label_lower}", self.public_id, self.preview_version)
