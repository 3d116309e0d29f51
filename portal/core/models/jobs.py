"""Work longer than a second: a row with its progress, and a row for each thing it does."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.links import new_public_id
from portal.core.models.files import StoredFile
from portal.core.querysets import JobQuerySet


class JobState(models.TextChoices):
    """Life of a job."""

    DRAFT = "draft", _("To be confirmed")
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Stopped by an error")
    CANCELLED = "cancelled", _("Cancelled")


class RowState(models.TextChoices):
    """What became of one row of a job."""

    WAITING = "waiting", _("waiting")
    CREATED = "created", _("created")
    UPDATED = "updated", _("updated")
    UNCHANGED = "unchanged", _("unchanged")
    DONE = "done", _("done")
    SKIPPED = "skipped", _("skipped")
    REFUSED = "refused", _("refused")
    UNDECIDED = "undecided", _("to be decided")


class Job(models.Model):
    """One piece of long work. ``kind`` names the registered function that does one row of it."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(_("kind"), max_length=40)
    title = models.CharField(_("what"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=JobState, default=JobState.DRAFT)
    params = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    result = models.ForeignKey(StoredFile, models.SET_NULL, null=True, blank=True, related_name="+")
    back_url = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("begun by")
    )
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("job")
        verbose_name_plural = _("jobs")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("core:job", args=[self.public_id])

    @property
    def is_over(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 100


class JobRow(models.Model):
    """One step of a job: its input, and what became of it and why."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=300, blank=True)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    state = models.CharField(max_length=10, choices=RowState, default=RowState.WAITING)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["job", "number"]
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="core_job_row_once")]
        indexes = [models.Index(fields=["job", "state"])]
        verbose_name = _("row of a job")
        verbose_name_plural = _("rows of jobs")

    def __str__(self) -> str:
        return f"{self.number}. {self.label}"
