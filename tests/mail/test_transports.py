import stat
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from portal.mail.services.delivery import deliver_due
from tests.mail.conftest import TOKEN_LINK, WEDNESDAY
from tests.sink import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings) -> Path:
    settings.EMAIL_BACKEND = "portal.mail.transports.FileBackend"
    return Path(settings.EMAIL_FILE_PATH)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_each_message_becomes_one_file_that_only_its_owner_reads(write, folder):
    messages = [write(), write()]
    assert deliver_due(WEDNESDAY) == 2
    files = sorted(folder.iterdir())
    assert [path.suffix for path in files] == [".eml", ".eml"]
    assert [path.stem.rpartition("-")[2] for path in files] == [message.public_id for message in messages]
    assert mode(folder) == 0o700
    assert {mode(path) for path in files} == {0o600}
    mail = message_from_bytes(files[0].read_bytes(), policy=policy.default)
    assert TOKEN_LINK in text_of(mail)


def test_a_folder_that_cannot_be_written_is_tried_again(write, folder):
    folder.parent.joinpath("mail").write_text("in the way")
    message = write()
    assert deliver_due(WEDNESDAY) == 0
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("retrying", 1)
