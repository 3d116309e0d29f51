"""The one way to fetch an object for somebody: what may not be seen does not exist."""

from typing import Any, Protocol, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.http import Http404

M_co = TypeVar("M_co", bound=Model, covariant=True)


class Visible(Protocol[M_co]):
    """A queryset that knows what a user may see."""

    def visible_to(self, user: Any) -> QuerySet[M_co]: ...


def get_visible_or_404(queryset: Visible[M_co], user: Any, **lookup: Any) -> M_co:
    """The one object of ``queryset.visible_to(user)`` that matches ``lookup``; ``Http404`` when there is none."""
    found = queryset.visible_to(user or AnonymousUser()).filter(**lookup).first()
    if found is None:
        raise Http404
    return found
