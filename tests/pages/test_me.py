"""My portal: a person's own things alone, where each stands, and the next step."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forums.enums import InvitationStatus, PaperAccess, RegistrationStatus
from forums.models import EventPaper, EventPaperFile, ProgrammeRelease
from portal.core.texts import record_consent
from portal.directory.models import FocalPoint
from tests.factories import (
    CategoryFactory,
    ContactFactory,
    CountryFactory,
    EventFactory,
    InvitationFactory,
    RegistrationFactory,
    StoredFileFactory,
    TextVersionFactory,
)

pytestmark = pytest.mark.django_db
QUERIES = 11


@pytest.fixture
def contact(delegate):
    return ContactFactory(user=delegate, full_name="Ana Example", email="ana@ministry.example", phone="+670 1")


@pytest.fixture
def mine(client, delegate):
    """The page as the delegate sees it."""

    def page() -> str:
        client.force_login(delegate)
        return client.get("/en/me/").content.decode()

    return page


def test_a_stranger_is_told_how_to_get_in(client):
    page = client.get("/en/me/").content.decode()
    assert "/en/accounts/login/code/?next=/en/me/" in page


def test_own_sent_invitations_and_registrations_alone(contact, mine):
    invited = InvitationFactory(contact=contact, sent_at=timezone.now(), category__event__title_en="Mine")
    registered = RegistrationFactory(contact=contact, category__event__title_en="Registered")
    InvitationFactory(contact=contact, category__event__title_en="Not sent yet")
    InvitationFactory(sent_at=timezone.now(), category__event__title_en="Of somebody else")
    page = mine()
    assert f"/en/invitations/{invited.token}/" in page
    assert f"/en/registrations/{registered.token}/" in page
    assert "Not sent yet" not in page
    assert "Of somebody else" not in page


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (InvitationStatus.PENDING, "Please answer the invitation."),
        (InvitationStatus.ACCEPTED, "You accepted. Please register now."),
        (InvitationStatus.DECLINED, "You can still change your answer."),
    ],
)
def test_an_invitation_says_what_to_do_next(contact, mine, status, says):
    InvitationFactory(contact=contact, sent_at=timezone.now(), status=status)
    assert says in mine()


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (RegistrationStatus.DRAFT, "Your registration is not sent yet."),
        (RegistrationStatus.PENDING, "the organising office decides"),
        (RegistrationStatus.WAITLISTED, "as soon as a seat is free"),
        (RegistrationStatus.CONFIRMED, "You have a place."),
        (RegistrationStatus.REJECTED, "was not accepted"),
        (RegistrationStatus.CANCELLED, "you can come back"),
    ],
)
def test_a_registration_says_what_to_do_next(contact, mine, status, says):
    RegistrationFactory(contact=contact, status=status, queued_at=timezone.now())
    assert says in mine()


def test_when_it_is_too_late_the_page_says_why(contact, mine):
    event = EventFactory(registration_deadline=timezone.now() - timedelta(days=1))
    RegistrationFactory(contact=contact, category=CategoryFactory(event=event))
    assert "Registration closed on" in mine()


def test_papers_are_opened_by_the_own_link_and_the_programme_once_it_is_released(contact, mine):
    registration = RegistrationFactory(contact=contact, status=RegistrationStatus.CONFIRMED)
    event = registration.event
    paper = EventPaper.objects.create(event=event, title_en="Concept note", access=PaperAccess.PARTICIPANTS)
    EventPaperFile.objects.create(paper=paper, language="en", file=StoredFileFactory())
    page = mine()
    assert "/programme/" not in page.partition("<main")[2].partition("</main")[0]
    assert f"/en/registrations/{registration.token}/papers/{paper.pk}/en/" in page
    ProgrammeRelease.objects.create(event=event, released_at=timezone.now())
    assert f"/en/forums/{event.slug}/programme/" in mine()


def test_who_is_no_longer_expected_sees_the_public_papers_alone(contact, mine):
    registration = RegistrationFactory(contact=contact, status=RegistrationStatus.CANCELLED)
    for title, access in (("For all", PaperAccess.PUBLIC), ("For some", PaperAccess.PARTICIPANTS)):
        paper = EventPaper.objects.create(event=registration.event, title_en=title, access=access)
        EventPaperFile.objects.create(paper=paper, language="en", file=StoredFileFactory())
    page = mine()
    assert "For all" in page
    assert "For some" not in page


def test_consents_show_the_last_answer_with_its_version(contact, mine):
    registration, text = RegistrationFactory(contact=contact), TextVersionFactory(version="3.1")
    for given in (True, False):
        record_consent(registration, "photo-video", given, text=text, given_by="Ana Example")
    page = mine()
    assert page.count("Photos and videos") == 1
    assert "not agreed" in page
    assert "/en/privacy/?version=3.1" in page


def test_what_is_held_of_the_person_and_how_to_have_it_corrected(contact, mine, settings):
    page = mine()
    for held in ("Ana Example", "ana@ministry.example", "+670 1", f"mailto:{settings.OFFICE_EMAIL}"):
        assert held in page


def test_a_focal_point_sees_the_countries_of_today(contact, mine):
    today = timezone.localdate()
    now, before = CountryFactory(code="TL", name_en="Timor-Leste"), CountryFactory(code="VN", name_en="Viet Nam")
    FocalPoint.objects.create(contact=contact, country=now, area="Mangroves", valid_from=today)
    ended = today - timedelta(days=1)
    FocalPoint.objects.create(contact=contact, country=before, valid_from=ended, valid_to=ended)
    page = mine()
    assert "Timor-Leste" in page
    assert "Mangroves" in page
    assert "Viet Nam" not in page


def test_staff_see_the_way_to_their_work_and_nobody_else_does(web, mine):
    assert 'href="/admin/"' in web.get("/en/me/").content.decode()
    assert 'href="/admin/"' not in mine()


def test_without_anything_the_page_says_so_and_leads_on(mine):
    page = mine()
    assert "There is no invitation and no registration under your account." in page
    assert 'href="/en/forums/"' in page


def test_the_same_queries_for_one_and_three_events(client, contact, delegate, django_assert_num_queries):
    client.force_login(delegate)
    text = TextVersionFactory()
    for rows in (1, 2):
        for _ in range(rows):
            category = CategoryFactory()
            InvitationFactory(contact=contact, sent_at=timezone.now(), category=category)
            registration = RegistrationFactory(contact=contact, category=category)
            record_consent(registration, "photo-video", True, text=text, given_by="Ana Example")
            paper = EventPaper.objects.create(event=category.event, title_en="Concept note")
            EventPaperFile.objects.create(paper=paper, language="en", file=StoredFileFactory())
            FocalPoint.objects.create(contact=contact, country=CountryFactory(), valid_from=timezone.localdate())
        with django_assert_num_queries(QUERIES):
            assert client.get("/en/me/").status_code == 200
