"""What tests of the library's administration ask for."""

import pytest
from django.test import Client


@pytest.fixture
def browser_of(db):
    """A browser in which a user has signed in."""

    def make(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return make
