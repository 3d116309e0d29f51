import pytest
from django.urls import reverse

from portal.core.audit import history
from portal.mail.models import MessageTemplate, MessageText, OutboxMessage
from portal.mail.services.templates import load_default_texts, make_own_wording, wording_of
from tests.cast import staff
from tests.factories import ContactFactory
from tests.mail.conftest import TOKEN_LINK

pytestmark = pytest.mark.django_db
LIST = reverse("admin:mail_messagetemplate_changelist")


@pytest.fixture
def template(world) -> MessageTemplate:
    load_default_texts()
    return MessageTemplate.objects.get(kind="test.letter")


def page_of(template: MessageTemplate) -> str:
    return reverse("admin:mail_messagetemplate_change", args=[template.pk])


def typed(**changes: str) -> dict[str, str]:
    texts = {
        "subject_en": "Hello {name}",
        "body_en": "Open\n{link}",
        "subject_zh_hans": "您好{name}",
        "body_zh_hans": "请打开{link}",
    }
    return texts | changes


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_costs_the_same_queries_for_one_row_and_for_three(
    web, world, officer, django_assert_num_queries, more
):
    for scope in ["fair:1", "fair:2", "fair:3"][: more + 1]:
        make_own_wording("test.letter", scope, by=officer)
    web.get(LIST)
    with django_assert_num_queries(8):
        assert web.get(LIST).status_code == 200


def test_the_page_lists_the_placeholders_with_their_meaning_and_what_is_required(web, template):
    page = web.get(page_of(template)).content.decode()
    for words in ("{name}", "the name", "{link}", "must stand in the text", "For {name}", "致{name}"):
        assert words in page


def test_texts_are_saved_and_the_change_is_logged(web, template):
    assert web.post(page_of(template), typed()).status_code == 302
    assert wording_of("test.letter", "")["zh-hans"] == {"subject": "您好{name}", "body": "请打开{link}"}
    assert history(template).get().note == "subject_en, body_en, subject_zh_hans, body_zh_hans"


def test_a_language_left_empty_falls_back_to_english(web, template):
    web.post(page_of(template), typed(subject_zh_hans="", body_zh_hans=""))
    assert list(template.texts.values_list("language", flat=True)) == ["en"]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"body_en": "No way in"}, "body_en", "must contain {link}"),
        ({"body_zh_hans": "没有链接"}, "body_zh_hans", "must contain {link}"),
        ({"subject_en": "Hi {nmae}"}, "subject_en", "Not known here: {nmae}"),
        ({"body_en": "{link} {name.__class__}"}, "body_en", "Not known here: {name.__class__}"),
        ({"body_zh_hans": ""}, "body_zh_hans", "Write both subject and text"),
        ({"subject_en": ""}, "subject_en", "This field is required"),
    ],
)
def test_a_faulty_text_is_refused_beside_its_field_and_nothing_typed_is_lost(web, template, changes, field, words):
    before = wording_of("test.letter", "")
    answer = web.post(page_of(template), typed(**changes))
    form = answer.context["adminform"].form
    assert words in str(form.errors[field][0])
    assert form["body_en"].value() == typed(**changes)["body_en"]
    assert wording_of("test.letter", "") == before


def test_the_preview_shows_the_unsaved_text_for_the_chosen_person(web, template):
    ContactFactory(full_name="Nguyễn Ánh", email="anh@ministry.example")
    ContactFactory(full_name="王伟", language="zh-hans", email="wang@ministry.example")
    url = reverse("admin:mail_messagetemplate_preview", args=[template.pk])
    page = web.post(url, typed(preview_for="anh@")).content.decode()
    assert "Hello Nguyễn Ánh" in page
    assert TOKEN_LINK not in page
    assert "您好王伟" in web.post(url, typed(preview_for="王伟")).content.decode()
    assert "Hello 王伟" in web.post(url, typed(preview_for="王伟", preview_language="en")).content.decode()
    assert "Hello ‹the name›" in web.post(url, typed()).content.decode()
    assert "No contact has this name" in web.post(url, typed(preview_for="Nobody")).content.decode()
    assert "no value for {foo}" in web.post(url, typed(body_en="{foo}")).content.decode()
    assert OutboxMessage.objects.count() == 0
    assert not MessageText.objects.filter(subject__startswith="Hello").exists()


@pytest.mark.parametrize("role", ["translator", "editor"])
def test_who_may_not_look_at_people_previews_the_placeholders_and_finds_nobody(client, template, role):
    ContactFactory(full_name="Nguyễn Ánh", email="anh@ministry.example")
    client.force_login(staff(f"{role}@office.example", role))
    url = reverse("admin:mail_messagetemplate_preview", args=[template.pk])
    for wanted in ("anh@", "Nobody", ""):
        page = client.post(url, typed(preview_for=wanted)).content.decode()
        assert "Hello ‹the name›" in page
        assert "Nguyễn" not in page
        assert "No contact" not in page
    assert "preview_for" not in client.get(page_of(template)).content.decode()


def test_without_scripts_the_preview_button_keeps_what_was_typed_and_saves_nothing(web, template):
    ContactFactory(full_name="Ann")
    answer = web.post(page_of(template), typed(preview_for="Ann", _preview="1"))
    page = answer.content.decode()
    assert "Hello Ann" in page
    assert "Nothing has been saved yet" in page
    assert answer.context["adminform"].form["body_zh_hans"].value() == "请打开{link}"
    assert not MessageText.objects.filter(subject__startswith="Hello").exists()


def test_an_event_gets_its_own_wording_and_goes_back_after_a_question(web, template):
    url = reverse("admin:mail_messagetemplate_scope", args=["fair:1"])
    assert "A letter" in web.get(url).content.decode()
    assert MessageTemplate.objects.filter(scope="fair:1").count() == 0
    web.post(url, {"kind": "test.letter"})
    own = MessageTemplate.objects.get(scope="fair:1")
    reset = reverse("admin:mail_messagetemplate_reset", args=[own.pk])
    assert "Delete the own wording" in web.get(reset).content.decode()
    assert MessageTemplate.objects.filter(pk=own.pk).exists()
    web.post(reset)
    assert not MessageTemplate.objects.filter(pk=own.pk).exists()


def test_a_translator_changes_texts_but_not_the_rule_of_release(client, template):
    client.force_login(staff("translator@office.example", "translator"))
    client.post(page_of(template), typed(hold_for_release="on"))
    template.refresh_from_db()
    assert not template.hold_for_release
    assert wording_of("test.letter", "")["en"]["subject"] == "Hello {name}"


def test_a_reader_reads_and_changes_nothing(client, reader, template):
    client.force_login(reader)
    assert "For {name}" in client.get(page_of(template)).content.decode()
    assert client.post(page_of(template), typed()).status_code == 403
    assert client.post(reverse("admin:mail_messagetemplate_reset", args=[template.pk])).status_code == 403
    scope = reverse("admin:mail_messagetemplate_scope", args=["fair:1"])
    assert client.post(scope, {"kind": "test.letter"}).status_code == 403
    assert wording_of("test.letter", "")["en"]["subject"] == "For {name}"


def test_an_unknown_event_has_no_wording(web, world):
    assert web.get(reverse("admin:mail_messagetemplate_scope", args=["nothing:1"])).status_code == 404
