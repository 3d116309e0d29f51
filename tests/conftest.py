"""What every test may ask for: a data folder of its own and the cast of people."""

import os
import tempfile
from pathlib import Path

# Before settings are read: no test touches the data of the machine it runs on.
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="portal-test-"))

import pytest  # noqa: E402 - settings are read on import of Django

pytest_plugins = ["tests.cast", "tests.sink"]


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
