"""Setting up an installation, once and again."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from forums.models import Event
from portal.accounts.models import User
from portal.core.models import Epoch
from portal.core.pagecache.epoch import read_epoch
from portal.directory.models import Country


@pytest.fixture
def data_dir(settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]  # our own: the rest is slow
    folder = str(tmp_path / "broker")
    # All three: Celery reads them once, and a folder left out becomes "control" in the present directory.
    options = dict.fromkeys(("data_folder_in", "data_folder_out", "control_folder"), folder)
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = options
    settings.REDIS_URL = ""
    return tmp_path


def set_up() -> str:
    said = io.StringIO()
    call_command("set_up", stdout=said)
    return said.getvalue()


def test_an_empty_installation_becomes_ready_and_a_second_time_changes_nothing(
    data_dir, transactional_db, settings
) -> None:
    settings.DEMO = False
    assert set_up().endswith("ready\n")
    countries, events, epoch = Country.objects.count(), Event.objects.count(), read_epoch()
    assert countries > 12
    assert events > 0
    assert (data_dir / "broker").is_dir()
    assert (data_dir / "static" / "site.css").exists()
    assert epoch == Epoch.objects.get().value
    assert "static files" not in set_up()
    assert (Country.objects.count(), Event.objects.count(), read_epoch()) == (countries, events, epoch)
    assert User.objects.count() == 0


def test_a_demonstration_also_gets_its_events_and_sign_ins(data_dir, transactional_db, settings) -> None:
    settings.DEMO = True
    set_up()
    events = Event.objects.count()
    assert (data_dir / "demo-accounts.txt").stat().st_mode & 0o777 == 0o600
    assert User.objects.filter(is_staff=True).count() >= 7
    set_up()
    assert Event.objects.count() == events
