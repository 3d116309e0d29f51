"""The list of invitations, and what an officer does about one or many of them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from forums.enums import AnswerChannel, InvitationStatus, RegistrationStatus
from forums.models import Invitation, Registration
from portal.core.audit import history
from portal.directory.services.contacts import index_contact
from portal.mail.models import OutboxMessage
from tests.factories import (
    CategoryFactory,
    ContactFactory,
    CountryFactory,
    EventFactory,
    InvitationFactory,
    OrganisationFactory,
)

LIST = reverse("admin:forums_invitation_changelist")
LIST_QUERIES = 9


def make_invitation(**fields) -> Invitation:
    event = fields.pop("event", None) or EventFactory()
    category = event.categories.first() or CategoryFactory(event=event)
    return InvitationFactory(category=category, event=event, sent_at=timezone.now(), **fields)


def do(client, name: str, *invitations: Invitation, **answers):
    """The action on many, confirmed."""
    chosen = {"action": name, "_selected_action": [row.pk for row in invitations], "index": "0"}
    return client.post(LIST, {**chosen, **answers, "confirmed": "1"}, follow=True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_number_of_queries_whatever_its_length(
    client, officer, count, django_assert_num_queries
):
    event = EventFactory()
    for _ in range(count):
        organisation = OrganisationFactory()
        contact = ContactFactory(organisation=organisation, country=organisation.country)
        make_invitation(event=event, contact=contact)
    client.force_login(officer)
    client.get(LIST, {"event": event.pk})
    with django_assert_num_queries(LIST_QUERIES):
        response = client.get(LIST, {"event": event.pk})
    assert len(response.context["cl"].result_list) == count


def test_filters_of_the_list_find_by_event_country_category_answer_and_sending(client, officer):
    china = CountryFactory(code="CN", name_en="China", party="china", order_members_then_china=12)
    one = make_invitation(contact=ContactFactory(country=china))
    make_invitation(event=one.event, status=InvitationStatus.DECLINED)
    unsent = make_invitation()
    Invitation.objects.filter(pk=unsent.pk).update(sent_at=None)
    client.force_login(officer)

    def found(**filters):
        return [row.pk for row in client.get(LIST, filters).context["cl"].result_list]

    assert found(event=one.event.pk, status__exact="pending") == [one.pk]
    assert found(country="CN") == [one.pk]
    assert found(sent="no") == [unsent.pk]
    assert found(event=one.event.pk, category="nothing") == []
    assert len(found(event=one.event.pk, category=one.category.code)) == 2


def test_search_does_not_mind_accents_and_case(client, officer):
    contact = ContactFactory(full_name="Trần Đức Thịnh")
    index_contact(contact)
    wanted = make_invitation(contact=contact)
    make_invitation()
    client.force_login(officer)
    assert [row.pk for row in client.get(LIST, {"q": "tran duc"}).context["cl"].result_list] == [wanted.pk]


def test_sending_again_keeps_the_link(client, officer):
    invitation = make_invitation()
    token = invitation.token
    client.force_login(officer)
    response = do(client, "send", invitation)
    assert "1 invitation is on its way." in response.content.decode()
    invitation.refresh_from_db()
    assert invitation.token == token
    assert OutboxMessage.objects.get().kind == "forums.invitation"


def test_an_action_is_asked_for_first_with_the_names(client, officer):
    invitation = make_invitation()
    client.force_login(officer)
    page = client.post(LIST, {"action": "withdraw", "_selected_action": [invitation.pk], "index": "0"})
    assert str(invitation) in page.content.decode()
    invitation.refresh_from_db()
    assert invitation.status == InvitationStatus.PENDING


def test_withdrawing_many_reports_who_was_skipped_and_why(client, officer):
    event = EventFactory()
    done = make_invitation(event=event)
    gone = make_invitation(event=event, status=InvitationStatus.WITHDRAWN)
    client.force_login(officer)
    page = do(client, "withdraw", done, gone).content.decode()
    assert "1 invitation withdrawn." in page
    assert "not possible in its present state" in page
    done.refresh_from_db()
    assert done.status == InvitationStatus.WITHDRAWN


@pytest.mark.parametrize("channel", [c for c in AnswerChannel if c != AnswerChannel.LINK])
def test_an_answer_is_recorded_with_the_way_it_came(client, officer, channel):
    invitation = make_invitation()
    client.force_login(officer)
    do(client, "answer", invitation, answer="declined", channel=channel, reason="On mission")
    invitation.refresh_from_db()
    assert (invitation.status, invitation.answer_channel) == (InvitationStatus.DECLINED, channel)
    assert invitation.decline_reason == "On mission"


def test_the_link_is_no_channel_that_an_officer_can_record(client, officer):
    invitation = make_invitation()
    client.force_login(officer)
    page = do(client, "answer", invitation, answer="accepted", channel="link")
    assert "Select a valid choice" in page.content.decode()
    invitation.refresh_from_db()
    assert invitation.status == InvitationStatus.PENDING


def test_an_acceptance_on_behalf_opens_a_draft_registration(client, officer):
    invitation = make_invitation()
    client.force_login(officer)
    url = reverse("admin:forums_invitation_do", args=[invitation.pk, "answer"])
    client.post(url, {"answer": "accepted", "channel": "embassy", "confirmed": "1"})
    assert Registration.objects.get(invitation=invitation).status == RegistrationStatus.DRAFT


def test_a_declined_invitation_is_renewed_with_a_new_link(client, officer):
    invitation = make_invitation(status=InvitationStatus.DECLINED)
    token = invitation.token
    client.force_login(officer)
    do(client, "renew", invitation)
    invitation.refresh_from_db()
    assert invitation.status == InvitationStatus.PENDING
    assert invitation.token != token


def offered(client, invitation) -> set[str]:
    """Which of the two stands as a button on the page of the invitation."""
    page = client.get(reverse("admin:forums_invitation_change", args=[invitation.pk])).content.decode()
    return {name for name in ("lock", "unlock") if f"/do/{name}/" in page}


def test_locking_and_unlocking(client, officer):
    invitation = make_invitation()
    client.force_login(officer)
    assert offered(client, invitation) == {"lock"}
    do(client, "lock", invitation)
    invitation.refresh_from_db()
    assert invitation.is_locked
    assert offered(client, invitation) == {"unlock"}
    do(client, "unlock", invitation)
    invitation.refresh_from_db()
    assert not invitation.is_locked
    assert [entry.action for entry in history(invitation)] == ["unlock", "lock"]


def test_the_personal_link_is_shown_only_after_a_button_and_each_showing_is_logged(client, officer):
    invitation = make_invitation()
    client.force_login(officer)
    url = reverse("admin:forums_invitation_link", args=[invitation.pk])
    assert invitation.token not in client.get(url).content.decode()
    assert not history(invitation).exists()
    response = client.post(url)
    page = response.content.decode()
    assert page.count(invitation.token) == 2  # in the text, and alone
    assert "data:image/svg+xml" in page
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    entry = history(invitation).get()
    assert (entry.action, entry.actor) == ("link_shown", officer)


def test_the_text_to_copy_is_in_the_language_of_the_person(client, officer):
    invitation = make_invitation(contact=ContactFactory(language="zh-hans"))
    client.force_login(officer)
    page = client.post(reverse("admin:forums_invitation_link", args=[invitation.pk])).content.decode()
    assert invitation.event.title_zh_hans in page
    assert "/zh-hans/invitations/" in page


def test_a_withdrawn_invitation_shows_no_link(client, officer):
    invitation = make_invitation(status=InvitationStatus.WITHDRAWN)
    client.force_login(officer)
    page = client.post(reverse("admin:forums_invitation_link", args=[invitation.pk])).content.decode()
    assert invitation.token not in page
    assert "its link is dead" in page


def test_who_may_only_look_gets_no_buttons_and_no_link(client, reader):
    invitation = make_invitation()
    client.force_login(reader)
    change = reverse("admin:forums_invitation_change", args=[invitation.pk])
    assert client.get(change).status_code == 200
    assert client.post(reverse("admin:forums_invitation_link", args=[invitation.pk])).status_code == 403
    assert client.post(reverse("admin:forums_invitation_do", args=[invitation.pk, "withdraw"])).status_code == 403
    do(client, "withdraw", invitation)
    invitation.refresh_from_db()
    assert invitation.status == InvitationStatus.PENDING


def test_the_status_cannot_be_saved_by_the_form(client, officer):
    invitation = make_invitation()
    client.force_login(officer)
    url = reverse("admin:forums_invitation_change", args=[invitation.pk])
    client.post(url, {"category": invitation.category_id, "status": "accepted", "is_locked": "on"})
    invitation.refresh_from_db()
    assert (invitation.status, invitation.is_locked) == (InvitationStatus.PENDING, False)
