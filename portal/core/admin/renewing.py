"""For admins of records that public pages name, and that no catalogue holds."""

from typing import Any

from django.db import models, transaction
from django.http import HttpRequest

from portal.core.pagecache import content_changed


class RenewsPagesWhenDeleted:
    """Goes before the admin class. What was deleted, one or many, is on no public page any more."""

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        with transaction.atomic():
            super().delete_model(request, obj)  # type: ignore[misc]  # of the admin class
            content_changed()

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        with transaction.atomic():
            super().delete_queryset(request, queryset)  # type: ignore[misc]  # of the admin class
            content_changed()
