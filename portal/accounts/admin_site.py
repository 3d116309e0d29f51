"""The administration site of the portal."""

from unfold.sites import UnfoldAdminSite


class PortalAdminSite(UnfoldAdminSite):
    """django-unfold's site."""
