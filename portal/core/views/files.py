"""The one address of stored files."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from portal.core.files import may_open, serve_file
from portal.core.models import StoredFile


@require_safe
def stored_file(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The file, for whom the predicate of its purpose admits; for everybody else it does not exist."""
    found = StoredFile.objects.filter(public_id=public_id).first()
    if found is None or not may_open(request, found):
        raise Http404
    return serve_file(request, found, inline="inline" in request.GET)
