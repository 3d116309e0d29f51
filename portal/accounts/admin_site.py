"""The administration site of the portal: its door, its language and zone, its content security policy."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.decorators import csp_update
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import SimpleTemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.views.decorators.http import require_POST
from django.views.i18n import set_language
from unfold.sites import UnfoldAdminSite

from portal.accounts.models import User

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
# Alpine, inside unfold, evaluates its attributes and writes style attributes.
ADMIN_CSP = {"script-src": [SELF, UNSAFE_EVAL], "style-src": [SELF, UNSAFE_INLINE]}


class PortalAdminSite(UnfoldAdminSite):
    """django-unfold's site; people come in through allauth, never through a form of its own."""

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., HttpResponse]:  # noqa: FBT001, FBT002 - Django's signature
        """As Django's, for every page: the reader's language and zone, and the administration's policy."""
        inner: Callable[..., Any] = super().admin_view(view, cacheable)
        allowed: Callable[..., Any] = csp_update(ADMIN_CSP)(for_reader(inner))
        return allowed

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002 - Django's signature
        """Send people to the sign-in page; refuse those who are signed in and are no staff."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        target = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: target})}")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002 - Django's signature
        """Sign-out is allauth's page with its button."""
        return HttpResponseRedirect(reverse("account_logout"))

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002 - Django's signature
        return HttpResponseRedirect(reverse("account_change_password"))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Made where a page shows it: Django asks for it on every page, and the sidebar is our own."""
        whole = super().get_app_list
        return SimpleLazyObject(lambda: whole(request, app_label))

    def extra_urls(self) -> list[URLPattern]:
        return [path("language/", self.admin_view(require_POST(choose_language)), name="language")]


def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language with the person, so that it follows them to the next machine, and in the browser."""
    chosen = request.POST.get("language", "")
    user: Any = request.user
    if chosen in dict(settings.LANGUAGES):
        User.objects.filter(pk=user.pk).update(language=chosen)
    response: HttpResponse = set_language(request)
    return response


def for_reader(view: View[P]) -> View[P]:
    """Decorator: the page is made and rendered in the language and the zone of who is signed in."""

    @wraps(view)
    def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        language = getattr(request.user, "language", "")
        zone = getattr(request.user, "time_zone", "") or settings.OFFICE_TIME_ZONE
        known = language if language in dict(settings.LANGUAGES) else translation.get_language()
        with translation.override(known), timezone.override(zone):
            response = view(request, *args, **kwargs)
            if isinstance(response, SimpleTemplateResponse):
                response.render()
        return response

    return inner
