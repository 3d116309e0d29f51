"""Who may open the files of forums by their own address. (People with a personal link get them behind that link.)"""

from django.http import HttpRequest

from portal.core.files import register_access
from portal.core.models import StoredFile

PHOTO = "registration-photo"


def register_files() -> None:
    """Make the access to photos known (called once, when the applications are ready)."""
    register_access(PHOTO, _may_see_photo)


def _may_see_photo(request: HttpRequest, _file: StoredFile) -> bool:
    return request.user.is_active and request.user.is_staff and request.user.has_perm("forums.view_registration")
