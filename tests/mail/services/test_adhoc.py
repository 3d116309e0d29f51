import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile

from portal.core.jobs import run_due_jobs
from portal.core.models import StoredFile
from portal.core.models.jobs import RowState
from portal.core.workflow import TransitionRefused
from portal.mail.enums import AdHocState, MailState
from portal.mail.models import AdHocMessage, OutboxMessage
from portal.mail.services.adhoc import send_adhoc
from portal.mail.services.delivery import deliver_due
from portal.mail.services.proofs import prove_adhoc
from tests.factories import ContactFactory
from tests.mail.conftest import TOKEN_LINK
from tests.sink import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(world) -> AdHocMessage:
    """To three people: one in English, one in Chinese, one who is called."""
    world.people = [
        ContactFactory(full_name="Ann"),
        ContactFactory(full_name="王伟", language="zh-hans"),
        ContactFactory(full_name="Vice-Minister", no_automatic_mail=True),
    ]
    return AdHocMessage.objects.create(
        scope="fair:7",
        audience="all",
        subject_en="{event}: new hall",
        body_en="Dear {name},\n\n{link}",
        subject_zh="{event}：更换会场",
        body_zh="{name}：\n\n{link}",
        keep_window=False,
    )


def test_each_person_gets_it_once_in_their_language_with_their_link(message, officer, sink):
    job = send_adhoc(message, by=officer)
    assert run_due_jobs() == 3
    assert deliver_due() == 2
    assert sorted((mail["Subject"], text_of(mail)) for mail in sink.messages) == [
        ("Fair 7: new hall", f"Dear Ann,\n\n{TOKEN_LINK}"),
        ("Fair 7：更换会场", f"王伟：\n\n{TOKEN_LINK}"),
    ]
    assert [row.reason for row in job.rows.all()] == ["", "", "put on the call list"]
    assert OutboxMessage.objects.get(state=MailState.HELD).to_name == "Vice-Minister"
    message.refresh_from_db()
    assert (message.state, message.sent_at is not None) == (AdHocState.SENT, True)


def test_without_chinese_everybody_gets_english(message, officer, sink):
    message.subject_zh = message.body_zh = ""
    message.save()
    send_adhoc(message, by=officer)
    run_due_jobs()
    deliver_due()
    assert {mail["Subject"] for mail in sink.messages} == {"Fair 7: new hall"}


def test_it_is_sent_once(message, officer):
    send_adhoc(message, by=officer)
    with pytest.raises(TransitionRefused):
        send_adhoc(message, by=officer)


def test_who_left_the_audience_meanwhile_is_skipped(message, officer, world):
    job = send_adhoc(message, by=officer)
    gone = world.people.pop(0)
    run_due_jobs()
    assert job.rows.get(label=str(gone)).state == RowState.SKIPPED
    assert OutboxMessage.objects.count() == 2


def test_an_empty_audience_and_an_unknown_placeholder_are_refused(message, officer, world):
    people, world.people = world.people, []
    with pytest.raises(ValidationError, match="nobody"):
        send_adhoc(message, by=officer)
    world.people, message.body_zh = people, "{password}"
    with pytest.raises(ValidationError, match="password"):
        send_adhoc(message, by=officer)
    message.refresh_from_db()
    assert message.state == AdHocState.DRAFT


def test_who_may_not_send_does_not(message, reader):
    with pytest.raises(PermissionDenied):
        send_adhoc(message, by=reader)


def test_its_files_go_with_it(message, officer, sink):
    stored = StoredFile(name="note.pdf", content_type="application/pdf", size=3, sha256="x", purpose="test")
    stored.file.save("note.pdf", ContentFile(b"pdf"))
    message.attachments.add(stored)
    send_adhoc(message, by=officer)
    run_due_jobs()
    deliver_due()
    for mail in sink.messages:
        (part,) = mail.iter_attachments()
        assert (part.get_filename(), part.get_content()) == ("note.pdf", b"pdf")


def test_the_preview_is_what_the_person_gets_with_the_link_masked(message, world):
    proof = prove_adhoc(message, f"contact:{world.people[1].pk}")
    assert (proof.subject, proof.to) == ("Fair 7：更换会场", "王伟")
    assert "abcdefghjkmn.…" in proof.text
    assert TOKEN_LINK not in proof.text + proof.html
    assert prove_adhoc(message, f"contact:{world.people[1].pk}", "en").subject == "Fair 7: new hall"
    assert "Choose somebody else" in prove_adhoc(message, "contact:0").fault
