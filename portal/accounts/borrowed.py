"""Texts of allauth that its own catalogue says in other words than ours.

Nobody imports this: it stands here so that `make messages` finds the texts. Django reads our catalogue before those of
packages, so the translation in locale/ is the one that people see (a code is 验证码 everywhere, never 代码).
"""

from django.utils.translation import gettext_noop

TEXTS = (
    gettext_noop("A new set of recovery codes has been generated."),
    gettext_noop("Authenticator code"),
    gettext_noop("Backup key"),
    gettext_noop("Current Password"),
    gettext_noop("Email"),
    gettext_noop("Email address"),
    gettext_noop(
        "Enabling passwordless operation allows you to sign in using just this key, but imposes additional requirements"
        " such as biometrics or PIN protection."
    ),
    gettext_noop("Incorrect code."),
    gettext_noop("Incorrect password."),
    gettext_noop("Master key"),
    gettext_noop("New Password (again)"),
    gettext_noop("New Password"),
    gettext_noop("Passwordless"),
    gettext_noop("Security key added."),
    gettext_noop("Security key removed."),
    gettext_noop("You cannot generate recovery codes without having two-factor authentication enabled."),
    gettext_noop("You have signed out."),
)
