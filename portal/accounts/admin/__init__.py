"""Accounts in the administration."""

from portal.accounts.admin.roles import RoleAdmin
from portal.accounts.admin.users import UserAdmin

__all__ = ["RoleAdmin", "UserAdmin"]
