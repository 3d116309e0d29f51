"""The commands for officers and scripts: invite, check_seats."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from forums.models import Event, Invitation, SeatPool
from portal.directory.models import Contact
from portal.mail.models import OutboxMessage
from tests.factories import CategoryFactory, CountryFactory, EventFactory, RegistrationFactory, SeatPoolFactory

GOOD = "Full name,Country,E-mail\nAnong Srisai,Thailand,anong@water.example\nBounmy,Thailand,bounmy@water.example\n"
BAD = GOOD + "Chan,Atlantis,chan@water.example\n"


@pytest.fixture
def event(db) -> Event:
    CountryFactory(code="TH", name_en="Thailand")
    found = EventFactory(slug="mangroves")
    CategoryFactory(event=found, code="delegate")
    return found


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_invite_makes_invitations_and_sends_them_when_told_to(event, sheet, officer, capsys):
    call_command("invite", "mangroves", str(sheet), category="delegate", send=True, by=officer.email)
    assert Invitation.objects.filter(event=event, sent_at__isnull=False, invited_by=officer).count() == 2
    assert OutboxMessage.objects.count() == 2
    assert "2 rows, 2 people, 2 invited, 2 mails written" in capsys.readouterr().out


def test_invite_can_be_repeated_and_sends_later_what_was_only_made(event, sheet):
    for send, mails in ((False, 0), (True, 2), (True, 2)):
        call_command("invite", "mangroves", str(sheet), category="delegate", send=send)
        assert OutboxMessage.objects.count() == mails
    assert Invitation.objects.count() == 2
    assert Contact.objects.count() == 2


def test_invite_names_the_refused_rows_and_fails_while_the_good_ones_are_invited(event, sheet, capsys):
    sheet.write_text(BAD, encoding="utf-8")
    with pytest.raises(CommandError, match="1 rows were refused"):
        call_command("invite", "mangroves", str(sheet), category="delegate", send=True)
    assert "Atlantis" in capsys.readouterr().out
    assert Invitation.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"event": "nothing"}, "there is no event nothing"),
        ({"category": "minister"}, "it has: delegate"),
        ({"contacts": "/nowhere.xlsx"}, "nowhere.xlsx"),
        ({"by": "nobody@office.example"}, "is no officer's account"),
    ],
)
def test_invite_says_what_is_wrong_and_invites_nobody(event, sheet, changes, message):
    given = {"event": "mangroves", "contacts": str(sheet), "category": "delegate", "by": ""} | changes
    with pytest.raises(CommandError, match=message):
        call_command("invite", given["event"], given["contacts"], category=given["category"], by=given["by"])
    assert not Invitation.objects.exists()


def test_check_seats_is_content_with_right_numbers(event, capsys):
    SeatPoolFactory(event=event, taken=1)
    RegistrationFactory(category=event.categories.get(), event=event, status="confirmed")
    call_command("check_seats")
    assert "1 events looked at, 0 wrong numbers found" in capsys.readouterr().out


def test_check_seats_fails_on_a_wrong_number_and_changes_nothing(event, capsys):
    pool = SeatPoolFactory(event=event, taken=2)
    with pytest.raises(SystemExit) as caught:
        call_command("check_seats")
    assert caught.value.code == 1
    assert "stored 2 (0 by hand), counted 0 (0 by hand)" in capsys.readouterr().out
    pool.refresh_from_db()
    assert pool.taken == 2


def test_check_seats_sets_wrong_numbers_right_when_told_to(event):
    SeatPoolFactory(event=event, taken=2)
    call_command("check_seats", "mangroves", repair=True)
    assert SeatPool.objects.get().taken == 0
    call_command("check_seats")


def test_check_seats_knows_no_event_of_a_wrong_name(event):
    with pytest.raises(CommandError, match="no such event: nothing"):
        call_command("check_seats", "nothing")
