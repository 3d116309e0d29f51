"""Consents of a registration: what was asked, and what was answered."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from forums.enums import ListConsent
from forums.models import Registration
from portal.core.models import TextVersion
from portal.core.texts import agreed_purposes, consents_of, record_consent

PRIVACY, PHOTO, MAILING = "privacy", "photo-video", "mailing"
# Being named: the answers to the one question under which each purpose is agreed to.
LISTS = {
    "list-participants": (ListConsent.PARTICIPANTS, ListConsent.PUBLIC),
    "list-public": (ListConsent.PUBLIC,),
}
# What staff read for each purpose.
PURPOSES = {
    PRIVACY: _("privacy notice"),
    PHOTO: _("photos and videos"),
    MAILING: _("further mail"),
    "list-participants": _("named in the list for participants"),
    "list-public": _("named in the public list"),
}


def agreed_to(registration: Registration) -> set[str]:
    """The purposes agreed to, by the latest answer each."""
    return agreed_purposes(registration)


@transaction.atomic
def record_answers(
    registration: Registration,
    answers: dict[str, bool],
    *,
    text: TextVersion,
    given_by: str,
    at: datetime | None = None,
) -> None:
    """Add a consent row for each purpose whose answer is new or different, or was given under another version.

    Rows are only added, so what was agreed to when can always be told.
    """
    latest = consents_of(registration)
    for purpose, given in answers.items():
        known = latest.get(purpose)
        if known is None or known.given != given or known.text_version_id != text.pk:
            record_consent(registration, purpose, given, text=text, given_by=given_by, at=at)
