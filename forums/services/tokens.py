"""From the token of a personal link to its object."""

from typing import TypeVar

from forums.models import Invitation, Registration
from portal.core.links import split_token, token_is_valid

T = TypeVar("T", Invitation, Registration)


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation a link leads to, with its event and contact; None when the token is forged or was replaced."""
    return _find(Invitation, token)


def registration_by_token(token: str) -> Registration | None:
    """The registration a link leads to, with its event and category; None when the token is forged or was replaced."""
    return _find(Registration, token)


def _find(model: type[T], token: str) -> T | None:
    # The signature is computed whether or not the id exists, so that an answer takes as long either way.
    public_id = split_token(token)[0]
    found = (
        model._default_manager.filter(public_id=public_id)
        .select_related("event", "event__country", "category", "contact", "contact__country")
        .first()
    )
    valid = token_is_valid(token, model.LINK, public_id, found.link_version if found else 0)
    return found if valid else None
