import pytest
from django.urls import reverse

from portal.core.models import Job
from portal.mail.enums import AdHocState
from portal.mail.models import AdHocMessage
from tests.factories import ContactFactory
from tests.mail.conftest import TOKEN_LINK

pytestmark = pytest.mark.django_db
ADD = reverse("admin:mail_adhocmessage_add")
LIST = reverse("admin:mail_adhocmessage_changelist")
VALUES = {
    "scope": "fair:1",
    "audience": "all",
    "subject_en": "For {name}",
    "body_en": "{link}",
    "subject_zh": "致{name}",
    "body_zh": "{link}",
}


@pytest.fixture
def web(web, world):
    world.people = [ContactFactory(full_name="Ann"), ContactFactory(full_name="王伟", language="zh-hans")]
    return web


@pytest.fixture
def message(web) -> AdHocMessage:
    web.post(ADD, VALUES)
    return AdHocMessage.objects.get()


def send_page(message: AdHocMessage) -> str:
    return reverse("admin:mail_adhocmessage_send", args=[message.pk])


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_queries_for_one_row_and_for_three(web, django_assert_num_queries, rows):
    for number in range(rows):
        AdHocMessage.objects.create(scope="fair:1", audience="all", subject_en=f"Letter {number}", body_en="x")
    web.get(LIST)
    with django_assert_num_queries(7):
        assert web.get(LIST).status_code == 200


def test_writing_leads_to_the_preview_and_nothing_is_sent_yet(web):
    answer = web.post(ADD, VALUES, follow=True)
    assert answer.redirect_chain[-1][0] == send_page(AdHocMessage.objects.get())
    page = answer.content.decode()
    assert "It goes to 2 people: everybody." in page
    assert "For Ann" in page
    assert TOKEN_LINK not in page
    assert Job.objects.count() == 0


def test_the_preview_is_shown_for_anybody_in_their_language(web, message, world):
    key = f"contact:{world.people[1].pk}"
    assert "致王伟" in web.get(send_page(message), {"person": key}).content.decode()
    assert "For 王伟" in web.get(send_page(message), {"person": key, "language": "en"}).content.decode()


def test_confirming_hands_it_to_the_outbox_once_and_shows_the_job(web, message):
    answer = web.post(send_page(message))
    job = Job.objects.get()
    assert answer["Location"] == reverse("core:job", args=[job.public_id])
    assert job.total == 2
    again = web.post(send_page(message), follow=True).content.decode()
    assert "not possible in its present state" in again
    assert Job.objects.count() == 1


def test_a_sent_message_is_not_changed_or_deleted_any_more(web, message, superuser):
    web.post(send_page(message))
    web.force_login(superuser)
    address = reverse("admin:mail_adhocmessage_change", args=[message.pk])
    assert web.post(address, {**VALUES, "subject_en": "Other"}).status_code == 403
    delete = reverse("admin:mail_adhocmessage_delete", args=[message.pk])
    assert web.post(delete, {"post": "yes"}).status_code == 403
    message.refresh_from_db()
    assert (message.subject_en, message.state) == ("For {name}", AdHocState.SENT)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"body_en": "{password}"}, "body_en"), ({"body_zh": ""}, "body_zh"), ({"audience": "gone"}, "audience")],
)
def test_a_faulty_message_is_refused_beside_its_field(web, changes, field):
    answer = web.post(ADD, VALUES | changes)
    assert set(answer.context["adminform"].form.errors) == {field}
    assert AdHocMessage.objects.count() == 0


def test_without_an_event_the_officer_is_told_where_to_begin(web):
    assert "Open the event" in web.get(ADD, follow=True).content.decode()


def test_an_empty_audience_is_not_sent_to(web, message, world):
    world.people = []
    assert "It goes to 0 people" in web.get(send_page(message)).content.decode()
    assert "nobody in this audience" in web.post(send_page(message), follow=True).content.decode()


def test_who_may_not_send_does_not(client, message, reader):
    client.force_login(reader)
    assert client.post(send_page(message)).status_code == 403
    assert Job.objects.count() == 0
