"""A code read to somebody over the phone, when the mail does not arrive."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.core.audit import log
from portal.mail.emails import code_is_good
from portal.mail.models import OutboxMessage

MAY_READ = "accounts.read_sign_in_code"
READ = "code_read_aloud"


class CodeNotReadable(Exception):
    """The code may not or can no longer be read; the text says why and what to do."""


@transaction.atomic
def read_code_aloud(message: OutboxMessage, *, by: Any) -> str:
    """The code in ``message``, once.

    In order: ``by`` needs the permission (``PermissionDenied``); refused when the code is no longer good, was read
    before, or signs in a member of staff, whose account it could take over (``CodeNotReadable``); the reading is
    noted on the message and logged, without the code.
    """
    if not by.has_perm(MAY_READ):
        raise PermissionDenied
    message = OutboxMessage.objects.select_for_update().get(pk=message.pk)
    reason = why_not_readable(message)
    if reason:
        raise CodeNotReadable(reason)
    message.params = message.params | {READ: True}
    message.save(update_fields=["params"])
    log(message, READ, by=by)
    return message.secret


def why_not_readable(message: OutboxMessage) -> str:
    """Why the code cannot be read to a caller; empty when it can."""
    if not code_is_good(message):
        return _("This code is no longer good. Ask the caller to request a new one.")
    if message.params.get(READ):
        return _("This code was read already. Ask the caller to request a new one.")
    subject = message.subject_object
    if isinstance(subject, User) and subject.is_staff:
        return _("Codes of staff are not read over the phone. A manager can renew the account.")
    return ""
