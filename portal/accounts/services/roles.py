"""Keeps the groups equal to the roles of ``portal.accounts.roles``."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.models import Group, Permission
from django.db import transaction

from portal.accounts.roles import ROLES


def sync_after_migrate(app_config: AppConfig, using: str, **_: Any) -> None:
    """Receiver of ``post_migrate``: the permissions of this application exist now, so the roles can have them."""
    if any(name.startswith(f"{app_config.label}.") for role in ROLES for name in role.permissions):
        sync_roles(app_config.label, using=using)


@transaction.atomic
def sync_roles(app_label: str, *, using: str = "default") -> None:
    """Give every role exactly those permissions of ``app_label`` that the table names, and take any other away.

    In order: groups that are missing are made, permissions added, permissions taken away. Safe to repeat. Groups
    that are no role are left alone.
    """
    existing = Permission.objects.using(using).filter(content_type__app_label=app_label)
    by_name = {f"{app_label}.{permission.codename}": permission for permission in existing}
    for role in ROLES:
        group, _created = Group.objects.using(using).get_or_create(name=role.name)
        wanted = {permission.pk for name, permission in by_name.items() if name in role.permissions}
        held = set(group.permissions.filter(content_type__app_label=app_label).values_list("pk", flat=True))
        group.permissions.add(*wanted - held)
        group.permissions.remove(*held - wanted)
