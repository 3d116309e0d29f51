"""Sign-in mail goes through the outbox."""

from allauth.account.adapter import DefaultAccountAdapter


class SignInAdapter(DefaultAccountAdapter):
    """allauth's adapter."""
