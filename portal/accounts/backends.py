"""Who may sign in at all: demonstration accounts only where the demonstration mode is on."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.backends import ModelBackend

DEMO_DOMAIN = "demo.example"


class _DemoOnlyInDemo:
    """Their passwords lie in a file, so outside the demonstration they do not sign in and open sessions are over."""

    def user_can_authenticate(self, user: Any) -> bool:
        is_demo = user.email.endswith(f"@{DEMO_DOMAIN}")
        return bool(super().user_can_authenticate(user)) and (settings.DEMO or not is_demo)  # type: ignore[misc]


class PasswordBackend(_DemoOnlyInDemo, ModelBackend):
    """Django's own."""


class AddressBackend(_DemoOnlyInDemo, AuthenticationBackend):
    """allauth's: by e-mail address and password, and for sessions begun by a code."""
