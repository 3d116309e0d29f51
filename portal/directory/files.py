"""Who may open the files of the directory."""

from django.http import HttpRequest

from portal.core.files import register_access
from portal.core.models import StoredFile

LETTER = "designation_letter"


def register_files() -> None:
    """Designation letters are for staff who may see focal points."""
    register_access(LETTER, _may_see_letter)


def _may_see_letter(request: HttpRequest, stored_file: StoredFile) -> bool:  # noqa: ARG001 - the same for every letter
    return request.user.is_staff and request.user.has_perm("directory.view_focalpoint")
