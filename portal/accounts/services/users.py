"""What managers do to the accounts of others."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.core.audit import log


@transaction.atomic
def deactivate_user(user: User, *, by: Any) -> None:
    """Close an account.

    In order: refused for oneself and, unless ``by`` is one, for a superuser; the account is closed, which ends its
    sessions at their next page; logged.
    """
    _check_may_change(user, by)
    if user.pk == by.pk:
        raise ValidationError(_("you cannot close your own account"))
    user.is_active = False
    user.save(update_fields=["is_active"])
    log(user, "deactivated", by=by)


@transaction.atomic
def forget_sign_in(user: User, *, by: Any) -> None:
    """Take away password and second factor, for somebody who lost them.

    In order: refused for a superuser unless ``by`` is one; second factors are deleted, the password made unusable,
    which ends all sessions; logged. The person then signs in by a mailed code and chooses both anew.
    """
    _check_may_change(user, by)
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    log(user, "sign_in_forgotten", by=by)


def _check_may_change(user: User, by: Any) -> None:
    if user.is_superuser and not by.is_superuser:
        raise PermissionDenied
