"""The database's side of the content epoch, whose change makes every cached public page stale."""

from django.db import models


class Epoch(models.Model):
    """One change of public content: a unique value, never a counter, so that a lost change can be told.

    Rows are only added by ``content_changed``; ``repair_epoch`` leaves one, equal to the value kept outside.
    """

    value = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.value
