"""Uploaded files, stored after inspection and served through an access check."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.links import new_public_id


def stored_path(instance: "StoredFile", filename: str) -> str:  # noqa: ARG001 - Django's signature
    """Where a file lies: never under the name it was sent with."""
    return f"files/{instance.public_id[:2]}/{instance.public_id}"


class StoredFile(models.Model):
    """One file, inspected before it was kept. ``purpose`` names the access predicate that guards it."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    file = models.FileField(upload_to=stored_path)
    name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(_("kind of file"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("checksum (SHA-256)"), max_length=64)
    purpose = models.CharField(_("purpose"), max_length=40, db_index=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self) -> str:
        return self.name
