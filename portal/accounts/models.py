"""The user: an e-mail address that may sign in; and the tokens by which programs do."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class UserManager(BaseUserManager["User"]):
    """Users are found by e-mail address without regard to case."""

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who may sign in: staff by password and second factor, everybody else by a code."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(pgettext_lazy("person", "name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    is_staff = models.BooleanField(_("may enter the administration"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("since"), default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    PERSONAL = {"email": "contact", "name": "identity"}
    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_email_once",
                violation_error_message=_("Somebody already signs in with this address. Look for them in the list."),
            )
        ]
        permissions = [("read_sign_in_code", _("Can read a sign-in code to a known caller"))]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name or self.email


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Tokens of the API."""

    def valid(self, at: datetime | None = None) -> "ApiTokenQuerySet":
        """Those that open something at ``at``: neither expired nor revoked, and their owner, if any, still active."""
        active = Q(owner__isnull=True) | Q(owner__is_active=True)
        return self.filter(active, revoked_at__isnull=True, expires_at__gt=at or timezone.now())


class ApiToken(models.Model):
    """By which a program uses the API. The token itself is shown once and never kept: ``digest`` is its SHA-256."""

    name = models.CharField(pgettext_lazy("token", "name"), max_length=120, help_text=_("What it is for."))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="api_tokens",
        verbose_name=_("person"),
        help_text=_("It ends with this person’s account."),
    )
    organisation = models.CharField(_("organisation"), max_length=250, blank=True, help_text=_("Who runs the program."))
    scopes = models.JSONField(_("may do"), default=list)
    prefix = models.CharField(_("begins with"), max_length=20, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)
    last_used_network = models.CharField(_("last used from"), max_length=50, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("made by")
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=False) | ~Q(organisation=""),
                name="accounts_token_of_somebody",
                violation_error_message=_("Say whose it is: a person, an organisation, or both."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
