"""What a token must be allowed."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from portal.accounts.models import ApiToken


class HasScope(BasePermission):
    """A token with every scope that the view names in ``scopes``. 401 without a token, 403 without the scope."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not isinstance(request.auth, ApiToken):
            raise exceptions.NotAuthenticated(_("A token is needed here."))
        if missing := [scope for scope in view.scopes if scope not in request.auth.scopes]:
            message = _("This token may not do that; it lacks: %(scopes)s") % {"scopes": ", ".join(missing)}
            raise exceptions.PermissionDenied(message)
        return True
