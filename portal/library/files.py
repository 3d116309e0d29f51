"""Who may open the files of the library by their own address."""

from django.http import HttpRequest

from portal.core.files import register_access
from portal.core.models import StoredFile
from portal.library.models import Document

DOCUMENT = "document"


def register_files() -> None:
    """Make the access to documents known (called once, when the applications are ready)."""
    register_access(DOCUMENT, _may_open_document)


def _may_open_document(request: HttpRequest, stored_file: StoredFile) -> bool:
    """Everybody may open the files of a public document, staff those of drafts as well."""
    user = request.user
    if user.is_active and user.is_staff and user.has_perm("library.view_document"):
        return True
    return stored_file.pk is not None and Document.objects.public().filter(files__file=stored_file).exists()
