"""Who may open the files of forums by their own address. (People with a personal link get them behind that link.)"""

from django.db.models import Q
from django.http import HttpRequest

from forums.models import Outcome, OutcomePhoto
from portal.core.files import register_access
from portal.core.models import StoredFile

PHOTO = "registration-photo"
OUTCOME_PHOTO = "outcome-photo"


def register_files() -> None:
    """Make the access to photos known (called once, when the applications are ready)."""
    register_access(PHOTO, _may_see_photo)
    register_access(OUTCOME_PHOTO, _may_see_outcome_photo)


def _may_see_photo(request: HttpRequest, _file: StoredFile) -> bool:
    return request.user.is_active and request.user.is_staff and request.user.has_perm("forums.view_registration")


def _may_see_outcome_photo(request: HttpRequest, stored_file: StoredFile) -> bool:
    """Everybody may see the photos of a public outcome, staff those of drafts as well."""
    if stored_file.pk and OutcomePhoto.objects.filter(_shows(stored_file), outcome__in=Outcome.objects.open()).exists():
        return True
    user = request.user
    return user.is_active and user.is_staff and user.has_perm("forums.view_outcome")


def _shows(stored_file: StoredFile) -> Q:
    return Q(file=stored_file) | Q(thumbnail=stored_file)
