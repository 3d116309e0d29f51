"""One shape for everything that goes wrong: ``{"error": {"code", "message", "fields"?, "allowed"?}}``."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404
from django.utils.log import log_response
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rest_framework import exceptions, status
from rest_framework.response import Response

Allowed = Mapping[str, Sequence[str]]


class Refused(exceptions.APIException):
    """A request that cannot be answered. ``fields``: what is wrong with each parameter; ``allowed``: what may stand."""

    def __init__(
        self,
        code: str,
        message: str,
        *,
        fields: Mapping[str, str] | None = None,
        allowed: Allowed | None = None,
        status_code: int = status.HTTP_400_BAD_REQUEST,
    ) -> None:
        super().__init__(message, code)
        self.code, self.message, self.fields, self.allowed = code, message, fields, allowed
        self.status_code = status_code


def answer(error: Exception, context: Mapping[str, Any]) -> Response:
    """REST framework's ``EXCEPTION_HANDLER``: the answer to ``error``, whatever it is.

    An error nobody foresaw is announced and logged as Django does, and answered with 500 and nothing of its text.
    """
    headers = {}
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait) or 1)
    if scheme := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = scheme
    refused = _refused(error, context)
    body = {"code": refused.code, "message": refused.message, "fields": refused.fields, "allowed": refused.allowed}
    data = {"error": {name: value for name, value in body.items() if value}}
    response = Response(data, status=refused.status_code, headers=headers)
    if refused.status_code >= status.HTTP_500_INTERNAL_SERVER_ERROR:
        _report(error, response, context)
    return response


def _refused(error: Exception, context: Mapping[str, Any]) -> Refused:
    if isinstance(error, Refused):
        return error
    for kind, tell in TOLD.items():
        if isinstance(error, kind):
            return tell(error, context)
    return Refused("server_error", _("Something went wrong here. Try again later."), status_code=500)


def _not_found(_error: Any, _context: Any) -> Refused:
    return Refused("not_found", _("There is nothing at this address."), status_code=404)


def _forbidden(_error: Any, _context: Any) -> Refused:
    return Refused("permission_denied", _("This is not allowed to you."), status_code=403)


def _malformed(_error: Any, _context: Any) -> Refused:
    return Refused("malformed", _("The request could not be read."))


def _only_read(_error: Any, context: Mapping[str, Any]) -> Refused:
    methods = {"methods": [method for method in context["view"].allowed_methods if method != "OPTIONS"]}
    return Refused("method_not_allowed", _("This address is only read."), allowed=methods, status_code=405)


def _too_many(error: Any, _context: Any) -> Refused:
    seconds = int(error.wait or 0) or 1
    message = ngettext(
        "Too many requests. Try again in %(seconds)d second.",
        "Too many requests. Try again in %(seconds)d seconds.",
        seconds,
    )
    return Refused("too_many_requests", message % {"seconds": seconds}, status_code=429)


def _as_it_says(error: Any, _context: Any) -> Refused:
    return Refused(str(error.get_codes()), str(error.detail), status_code=error.status_code)


# The first that fits counts.
TOLD: dict[type[Exception], Callable[[Any, Any], Refused]] = {
    Http404: _not_found,
    exceptions.NotFound: _not_found,
    PermissionDenied: _forbidden,
    SuspiciousOperation: _malformed,
    exceptions.MethodNotAllowed: _only_read,
    exceptions.Throttled: _too_many,
    exceptions.APIException: _as_it_says,
}


def _report(error: Exception, response: Response, context: Mapping[str, Any]) -> None:
    request = context["request"]._request
    got_request_exception.send(sender=None, request=request)
    log_response("API: %s", request.path, response=response, request=request, exception=error)
