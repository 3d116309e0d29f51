"""The directory in the administration."""

from portal.directory.admin.contacts import ContactAdmin, TagAdmin
from portal.directory.admin.countries import CountryAdmin
from portal.directory.admin.focal_points import FocalPointAdmin
from portal.directory.admin.organisations import OrganisationAdmin

__all__ = ["ContactAdmin", "CountryAdmin", "FocalPointAdmin", "OrganisationAdmin", "TagAdmin"]
