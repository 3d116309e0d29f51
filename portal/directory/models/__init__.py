"""The directory's tables."""

from portal.directory.models.contacts import Contact, FocalPoint, Tag
from portal.directory.models.countries import Country, Membership
from portal.directory.models.organisations import Organisation

__all__ = ["Contact", "Country", "FocalPoint", "Membership", "Organisation", "Tag"]
