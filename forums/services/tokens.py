"""From the token of a personal link to its object."""

from typing import TypeVar

from forums.models import Invitation, Registration
from portal.core.links import split_token, token_is_valid

T = TypeVar("T", Invitation, Registration)
OLDER_LINKS = 8
# What the pages behind a link always speak of.
RELATED = ("event", "event__country", "category", "contact", "contact__country")


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation a link leads to, with its event and contact; None when the token is forged or was replaced."""
    return _find(Invitation, token)


def registration_by_token(token: str) -> Registration | None:
    """The registration a link leads to, with its event and category; None when the token is forged or was replaced."""
    return _find(Registration, token)


def was_replaced(model: type[Invitation] | type[Registration], token: str) -> bool:
    """Whether ``token`` was good once: one of the eight links before the present one. Only its holder can tell."""
    public_id = split_token(token)[0]
    version = model._default_manager.filter(public_id=public_id).values_list("link_version", flat=True).first() or 0
    # As many signatures are computed for an id that does not exist; versions below 1 were never given out.
    older = [token_is_valid(token, model.LINK, public_id, number) for number in range(version - OLDER_LINKS, version)]
    return any(older[-(version - 1) :]) if version > 1 else False


def _find(model: type[T], token: str) -> T | None:
    # The signature is computed whether or not the id exists, so that an answer takes as long either way.
    public_id = split_token(token)[0]
    related = (*RELATED, *(("country", "invitation", "photo") if model is Registration else ()))
    # Not first(): to sort the one row there can be takes as long as to read it.
    rows = model._default_manager.filter(public_id=public_id).order_by().select_related(*related)
    found = next(iter(rows), None)
    valid = token_is_valid(token, model.LINK, public_id, found.link_version if found else 0)
    return found if valid else None
