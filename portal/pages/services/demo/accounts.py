"""Accounts of the demonstration: one a role and a superuser, each with one random password."""

import os
import secrets
from pathlib import Path
from typing import NamedTuple

from django.contrib.auth.models import Group
from django.db import transaction

from portal.accounts.backends import DEMO_DOMAIN
from portal.accounts.models import User
from portal.accounts.roles import ROLES
from portal.core.audit import log

FILE = "demo-accounts.txt"
SUPERUSER = "superuser"
PASSWORD_BYTES = 12


class Account(NamedTuple):
    """An address to sign in with, and its password."""

    role: str
    email: str
    password: str


@transaction.atomic
def make_accounts(folder: Path) -> list[Account]:
    """Make the accounts and keep their passwords in ``folder/demo-accounts.txt``, readable by its owner alone.

    While that file is there nothing is done and nothing is given back; without it the accounts get new passwords,
    for nobody knows the old ones. They sign in only while the demonstration mode is on (``accounts.backends``).
    """
    path = folder / FILE
    if path.exists():
        return []
    accounts = [_make(role) for role in [*(role.name for role in ROLES), SUPERUSER]]
    folder.mkdir(parents=True, exist_ok=True)
    text = "".join(f"{account.role}: {account.email}  {account.password}\n" for account in accounts)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(f"Demonstration accounts, usable only with DEMO=1\n{text}")
    return accounts


def demo_officer() -> User:
    """The event officer of the demonstration, by whom everything in it is done."""
    return User.objects.get(email=_address("event officer"))


def _address(role: str) -> str:
    return f"{role.replace(' ', '-')}@{DEMO_DOMAIN}"


def _make(role: str) -> Account:
    account = Account(role, _address(role), secrets.token_urlsafe(PASSWORD_BYTES))
    user = User.objects.filter(email=account.email).first()
    if user is None:
        is_superuser = role == SUPERUSER
        user = User.objects.create_user(
            account.email, name=f"Demo {role}", is_staff=True, is_superuser=is_superuser, language="en"
        )
        if not is_superuser:
            user.groups.add(Group.objects.get(name=role))
        log(user, "added", by="demonstration")
    user.set_password(account.password)
    user.save(update_fields=["password"])
    return account
