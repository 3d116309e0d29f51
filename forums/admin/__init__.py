"""The administration of forums: importing this registers it."""

from forums.admin import events, invitations, outcomes, registrations, sessions

__all__ = ["events", "invitations", "outcomes", "registrations", "sessions"]
