"""What holds for every personal link: nothing changes by looking, nothing can be told from a dead one."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from forums.enums import RegistrationStatus
from forums.forms import STEPS
from forums.models import EventPaper, EventPaperFile
from portal.core.links import make_token, new_public_id
from tests.database import everything
from tests.factories import InvitationFactory, RegistrationFactory, StoredFileFactory
from tests.forums.links import address

pytestmark = pytest.mark.django_db


def every_link() -> tuple[list[str], list[str]]:
    """The links that stand in mails, and the addresses on the pages behind them."""
    invitation = InvitationFactory()
    locked = InvitationFactory(is_locked=True)
    event = invitation.event
    paper = EventPaper.objects.create(event=event, title_en="Concept note")
    EventPaperFile.objects.create(paper=paper, language="en", file=StoredFileFactory())
    mailed = [address(invitation), address(locked)]
    behind = [address(locked, "unlock")]
    behind += [address(invitation, part) for part in ("accept", "decline", "unlock")]
    behind.append(address(invitation, "paper", paper=paper.pk, language="en"))
    for status in RegistrationStatus.values:
        registration = RegistrationFactory(
            category=invitation.category, status=status, photo=StoredFileFactory(), queued_at=event.created_at
        )
        mailed.append(address(registration))
        parts = ("send", "cancel", "return", "calendar", "photo", "participants")
        behind += [address(registration, part) for part in parts]
        behind += [address(registration, "step", step=step) for step in STEPS]
        behind.append(address(registration, "paper", paper=paper.pk, language="en"))
    return mailed, behind


def test_opening_a_mailed_link_ten_times_and_what_is_behind_it_twice_changes_no_row_of_any_table(notice):
    mailed, behind = every_link()
    Client().get(mailed[0])  # what Django itself looks up once
    before = everything()
    for link in mailed * 10 + behind * 2:
        client = Client()
        for response in (client.get(link), client.head(link)):
            assert response.status_code in (200, 302, 404), link
            assert not response.cookies, link
            b"".join(response)
    assert everything() == before


def test_every_page_behind_a_link_is_neither_stored_nor_found_nor_passed_on(client, notice):
    mailed, behind = every_link()
    for link in mailed + behind:
        response = client.get(link)
        b"".join(response)
        assert response["Referrer-Policy"] == "no-referrer", link
        assert response["Cache-Control"] == "no-store", link
        assert response["X-Robots-Tag"] == "noindex", link


@pytest.mark.parametrize("factory", [InvitationFactory, RegistrationFactory])
def test_forged_foreign_and_malformed_links_show_the_same_page(client, factory):
    thing = factory()
    name = f"forums:{thing.LINK}"
    other = "registration" if thing.LINK == "invitation" else "invitation"
    tokens = [
        f"{thing.public_id}.{'A' * 22}",
        f"{new_public_id()}.{'A' * 22}",
        make_token(other, thing.public_id, 1),
        make_token(thing.LINK, thing.public_id, 2),
        thing.token + "x",
        "nonsense",
    ]
    pages = set()
    for token in tokens:
        response = client.get(reverse(name, args=[token]))
        assert (response.status_code, response["Cache-Control"]) == (404, "no-store"), token
        pages.add(response.content.decode().replace(token, ""))
    assert len(pages) == 1
    assert settings.OFFICE_EMAIL in pages.pop()


def test_a_forged_link_asks_the_database_as_often_as_one_to_nothing(client, django_assert_num_queries):
    invitation = InvitationFactory()
    for public_id in (invitation.public_id, new_public_id()):
        with django_assert_num_queries(2):
            client.get(reverse("forums:invitation", args=[f"{public_id}.{'A' * 22}"]))


def test_a_replaced_link_is_gone_and_says_the_same_words(client):
    invitation = InvitationFactory()
    old = address(invitation)
    invitation.link_version = 3
    invitation.save(update_fields=["link_version"])
    gone, forged = (
        client.get(old),
        client.get(reverse("forums:invitation", args=[f"{invitation.public_id}.{'A' * 22}"])),
    )
    assert (gone.status_code, forged.status_code) == (410, 404)
    assert "This link does not work" in gone.content.decode()
    assert str(invitation.event) not in gone.content.decode()
    assert client.get(address(invitation)).status_code == 200


def test_the_signature_of_version_zero_opens_nothing(client):
    invitation = InvitationFactory()
    token = make_token("invitation", invitation.public_id, 0)
    assert client.get(reverse("forums:invitation", args=[token])).status_code == 404


def test_the_page_of_a_dead_link_speaks_the_language_of_its_address(client):
    with override("zh-hans"):
        url = reverse("forums:invitation", args=["nonsense"])
    assert 'lang="zh-hans"' in client.get(url).content.decode()


def test_buttons_work_without_any_cookie_and_with_the_origin_that_browsers_hide(client):
    invitation = InvitationFactory()
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(address(invitation, "accept"), headers={"origin": "null"})
    assert response.status_code == 302
    assert not response.cookies


@pytest.mark.parametrize("factory", [InvitationFactory, RegistrationFactory])
def test_a_paper_whose_number_no_database_can_hold_does_not_exist(client, factory):
    thing = factory()
    for page in (address(thing), thing.event.get_absolute_url()):
        assert client.get(f"{page}papers/99999999999999999999/en/").status_code == 404
