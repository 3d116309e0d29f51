"""Accounts in the administration."""

from portal.accounts.admin.api_tokens import ApiTokenAdmin
from portal.accounts.admin.roles import RoleAdmin
from portal.accounts.admin.users import UserAdmin

__all__ = ["ApiTokenAdmin", "RoleAdmin", "UserAdmin"]
