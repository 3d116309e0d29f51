"""What every test may ask for: folders of its own, the cast of people, a mail sink."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import caches
from django.utils import translation

pytest_plugins = ["tests.cast", "tests.everything", "tests.opening", "tests.sink"]


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path: Path) -> None:
    """Uploads and mail of a test go to its own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EPOCH_URL = f"file://{tmp_path}/epoch"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    # Pages name their style sheet by its plain name: nothing was collected and hashed for a test.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture(autouse=True)
def _password_is_enough(settings) -> None:
    """Staff enter the administration as in the demonstration; tests/accounts switches the second factor on."""
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture(autouse=True)
def _quick_passwords(settings) -> None:
    """The cast signs in many times; the slowness of real hashing is Django's to test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _nobody_counted_yet() -> None:
    """The API counts its visitors in the memory of the process, which all tests share."""
    caches["memory"].clear()


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Every test begins in English, whatever language the page before it was in."""
    with translation.override("en"):
        yield
