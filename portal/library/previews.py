"""Who shows what is not public yet to a guest with a preview link. A wing registers its models when it is ready."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse

from portal.core.links import split_token, token_is_valid
from portal.library.models import Publishable

View = Callable[[HttpRequest, Any], HttpResponse]
_views: dict[type[Publishable], View] = {}


def register_preview(model: type[Publishable], view: View) -> None:
    """``view(request, obj)`` answers with the page of ``obj`` as it would be. ``ValueError`` when one is known."""
    if _views.setdefault(model, view) is not view:
        raise ValueError(f"the preview of {model._meta.label} is known already")


def find_previewed(token: str) -> tuple[Publishable, View] | None:
    """What ``token`` shows, and how; None for a token that is wrong, ended, or of a model without a preview."""
    return next(_found(token), None)


def _found(token: str) -> Iterator[tuple[Publishable, View]]:
    public_id, _signature = split_token(token)
    for model, view in _views.items() if public_id else ():
        obj = model._default_manager.filter(public_id=public_id).first()
        purpose = f"{Publishable.LINK}:{model._meta.label_lower}"
        if obj is not None and token_is_valid(token, purpose, public_id, obj.preview_version):
            yield obj, view
