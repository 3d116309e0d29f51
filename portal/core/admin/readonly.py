"""The base of admins that only show."""

from typing import Any

from django.http import HttpRequest

from portal.core.admin.base import PortalModelAdmin


class ReadOnlyAdmin(PortalModelAdmin):
    """Rows that are written by services alone: staff with the permission read them here, nobody edits them."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
