"""The cast: the same people in every test. Roles are the groups that the migrations make."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from portal.accounts.models import User


def staff(email: str, role: str) -> User:
    name = email.partition("@")[0].title()
    user = User.objects.create_user(email, "a long pass phrase", name=name, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def manager(db) -> User:
    return staff("manager@office.example", "manager")


@pytest.fixture
def officer(db) -> User:
    return staff("officer@office.example", "event officer")


@pytest.fixture
def logistics(db) -> User:
    return staff("logistics@office.example", "logistics")


@pytest.fixture
def desk(db) -> User:
    return staff("desk@office.example", "check-in desk")


@pytest.fixture
def editor(db) -> User:
    return staff("editor@office.example", "editor")


@pytest.fixture
def reader(db) -> User:
    return staff("reader@office.example", "read-only")


@pytest.fixture
def superuser(db) -> User:
    return User.objects.create_superuser("root@office.example", "a long pass phrase", name="Root")


@pytest.fixture
def delegate(db) -> User:
    """Somebody who signs in by code and is no staff."""
    return User.objects.create_user("delegate@ministry.example", name="Delegate")


@pytest.fixture
def web(client: Client, officer: User) -> Client:
    """A browser in which the officer has signed in."""
    client.force_login(officer)
    return client
