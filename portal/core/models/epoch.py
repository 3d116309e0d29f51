"""The content epoch: one unique value whose change makes every cached public page stale."""

from django.db import models


class Epoch(models.Model):
    """One row (pk 1). ``value`` is unique each time it changes; never a counter, so a lost change can be told."""

    value = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.value
