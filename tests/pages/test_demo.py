"""The demonstration: labelled, consistent, in every state, and loaded once however often it is asked for."""

import stat
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from forums.enums import EventStatus, InvitationStatus, RegistrationStatus
from forums.models import Event, Invitation, Outcome, Registration
from forums.services.seats import recount
from portal.accounts.models import User
from portal.accounts.roles import ROLES
from portal.directory.models import Contact
from portal.library.enums import PublishingStatus
from portal.library.models import CatalogueItem
from portal.mail.models import OutboxMessage
from portal.pages.services.demo import make_accounts
from portal.pages.services.demo.people import PEOPLE_PER_SET

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demonstration(settings, tmp_path):
    settings.DEMO = True
    settings.DATA_DIR = tmp_path


def load(scale: int = 1) -> str:
    out = StringIO()
    call_command("load_opening_content", stdout=out)
    call_command("load_demo", scale=scale, stdout=out)
    return out.getvalue()


def counts() -> tuple[int, ...]:
    return tuple(
        table._default_manager.count() for table in (Contact, Event, Invitation, Registration, OutboxMessage, User)
    )


def test_a_second_run_adds_nothing_and_a_larger_scale_adds_sets():
    load()
    once = counts()
    assert "0 people and 0 events added" in load()
    assert counts() == once
    load(scale=2)
    assert Contact.objects.count() == 2 * PEOPLE_PER_SET
    assert Event.objects.filter(is_demo=True).count() == 10
    assert OutboxMessage.objects.count() == once[4]  # what is loaded in bulk writes no mail


def test_seats_count_right_in_the_played_and_in_the_bulk_events():
    load(scale=2)
    events = Event.objects.filter(is_demo=True)
    assert [difference for event in events for difference in recount(event)] == []
    for slug in ("demo-workshop-1", "demo-workshop-2"):
        workshop = Event.objects.get(slug=slug)
        assert workshop.pools.get().taken == 20
        assert workshop.registrations.waiting().count() == 3


def test_every_state_occurs_on_dates_relative_to_today_and_names_are_of_every_kind():
    load()
    assert set(Invitation.objects.values_list("status", flat=True)) == set(InvitationStatus.values)
    assert set(Registration.objects.values_list("status", flat=True)) == set(RegistrationStatus.values)
    today = timezone.localdate()
    assert Event.objects.get(slug="demo-workshop-1").start_day == today + timedelta(days=35)
    assert Event.objects.get(slug="demo-workshop-1").takes_registrations()
    assert Event.objects.get(slug="demo-training-1").end_day < today
    assert Contact.objects.values("country").distinct().count() == 12
    names = set(Contact.objects.values_list("full_name", "native_name"))
    assert ("Putri", "") in names
    assert ("Nguyễn Thị Thu Hương", "") in names
    assert {"កែវ វាសនា", "ကျော်ဇင်လတ်", "สมชาย รัตนกุล", "王建华"} <= {native for _name, native in names}
    for name in ("putri", "nguyen thi", "王建华", "សុខ ចាន់ធូ"):
        assert Contact.objects.search(name).exists()


def test_everything_is_labelled_and_nobody_real_is_written_to():
    load(scale=2)
    for event in Event.objects.filter(is_demo=True):
        assert event.title_en.startswith("Demonstration:")
        assert event.title_zh_hans.startswith("演示：")
    assert not Contact.objects.exclude(email__endswith=".example").exists()
    assert not OutboxMessage.objects.exclude(to_email__endswith=".example").exists()
    assert not Contact.objects.exclude(tags__name="demonstration / 演示").exists()


def test_there_is_an_account_for_each_role_whose_password_only_the_owner_of_the_file_can_read(tmp_path, client):
    made = make_accounts(tmp_path)
    path: Path = tmp_path / "demo-accounts.txt"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert User.objects.filter(is_staff=True).count() == len(ROLES) + 1
    line = next(line for line in path.read_text().splitlines() if line.startswith("event officer"))
    email, password = line.split()[-2:]
    assert ("event officer", email, password) in made
    assert client.login(username=email, password=password)


def test_demonstration_accounts_are_of_no_use_outside_the_demonstration(settings, tmp_path, client):
    make_accounts(tmp_path)
    email, password = (tmp_path / "demo-accounts.txt").read_text().splitlines()[-1].split()[-2:]
    assert client.login(username=email, password=password)
    settings.DEMO = False
    assert "_auth_user_id" in client.session
    assert client.get("/admin/").status_code == 302  # the open session is over as well
    assert not client.login(username=email, password=password)
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("load_demo")


def test_a_lost_file_of_passwords_is_replaced_by_new_passwords(tmp_path, client):
    make_accounts(tmp_path)
    (tmp_path / "demo-accounts.txt").unlink()
    make_accounts(tmp_path)
    email, password = (tmp_path / "demo-accounts.txt").read_text().splitlines()[-1].split()[-2:]
    assert client.login(username=email, password=password)


def test_without_the_opening_content_the_command_says_what_to_do():
    with pytest.raises(CommandError, match="load_opening_content"):
        call_command("load_demo")


def test_the_demonstration_has_a_published_outcome_that_says_what_it_is(client):
    load()
    outcome = Outcome.objects.get()
    event = outcome.event
    assert (outcome.is_demo, event.is_demo, event.status) == (True, True, EventStatus.RESULTS)
    items = CatalogueItem.objects.public().results().filter(is_demo=True)
    assert sorted(items.values_list("kind", flat=True)) == ["document", "document", "outcome"]
    page = client.get(outcome.get_absolute_url()).content.decode()
    assert "Demonstration" in page
    assert page.count("<img") == 3
    assert "1 earlier version" in page
    files = [file.file for document in outcome.documents.all() for file in document.files.all()]
    assert len(files) == 4
    for stored in files:
        with stored.file.open() as content:
            assert content.read().startswith(b"%PDF-1.4")


def test_where_a_second_person_has_to_check_the_outcome_stays_a_draft(settings):
    settings.PUBLISH_SECOND_CHECK = True
    load()
    assert Outcome.objects.get().status == PublishingStatus.DRAFT
