"""The administration of forums: importing this registers it."""

from forums.admin import events, invitations, registrations

__all__ = ["events", "invitations", "registrations"]
