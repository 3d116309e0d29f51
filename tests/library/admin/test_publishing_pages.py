"""Publishing in the administration: the panel, the steps with their questions, the preview link, many at once."""

from datetime import timedelta

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.core.audit import history
from portal.core.models import Review
from portal.library.enums import PublishingStatus
from portal.library.models import CatalogueItem, Mandate
from portal.library.services.publishing import submit
from tests.cast import staff
from tests.forums.posting import filled
from tests.library_factories import MandateFactory

LIST = reverse("admin:library_mandate_changelist")
ADD = reverse("admin:library_mandate_add")
LIST_QUERIES = 6


def change_url(mandate: Mandate) -> str:
    return reverse("admin:library_mandate_change", args=[mandate.pk])


def step_url(mandate: Mandate, name: str) -> str:
    return reverse("admin:library_mandate_publishing", args=[mandate.pk, name])


def save(client: Client, mandate: Mandate, **changes):
    data = filled(client.get(change_url(mandate)), "mandate_form", **changes)
    return client.post(change_url(mandate), data | {"_continue": "1"})


def take(client: Client, mandate: Mandate, name: str, **answers):
    """The step as a browser takes it: the page is looked at, then its form is sent."""
    page = client.get(step_url(mandate, name))
    return client.post(step_url(mandate, name), filled(page, "", **answers), follow=True)


def enter_one(client: Client, **changes) -> Mandate:
    data = filled(client.get(ADD), "mandate_form", name_en="Strategy for Rivers", kind="strategy", **changes)
    response = client.post(ADD, data)
    assert response.status_code == 302, response.content.decode()
    return Mandate.objects.get()


def is_listed() -> bool:
    return CatalogueItem.objects.public(timezone.now()).exists()


def status_of(mandate: Mandate) -> str:
    return Mandate.objects.get(pk=mandate.pk).status


@pytest.fixture
def checked(settings):
    """The office asks for a second person's check."""
    settings.PUBLISH_SECOND_CHECK = True


def test_an_editor_enters_and_publishes_and_unpublishes(browser_of, editor):
    client = browser_of(editor)
    mandate = enter_one(client)
    assert (mandate.slug, mandate.status) == ("strategy-for-rivers", PublishingStatus.DRAFT)
    page = client.get(step_url(mandate, "publish")).content.decode()
    for words in ("Without Chinese text: official name.", "No source is named.", "/en/programme/mandates/", "Rivers"):
        assert words in page
    assert not is_listed()
    said = take(client, mandate, "publish").content.decode()
    assert "Published: “Strategy for Rivers”." in said
    assert is_listed()
    assert [entry.actor for entry in history(mandate)] == [editor, editor]
    take(client, mandate, "unpublish")
    assert not is_listed()


def test_the_entry_of_a_draft_follows_what_is_saved(browser_of, editor):
    client = browser_of(editor)
    mandate = enter_one(client)
    save(client, mandate, name_zh_hans="河流战略", slug="rivers")
    item = CatalogueItem.objects.get()
    assert (item.address, item.texts.get(language="zh-hans").title) == ("programme/mandates/rivers/", "河流战略")
    assert item.past_addresses.get().address == "programme/mandates/strategy-for-rivers/"


def test_two_people_bring_a_text_to_the_public(browser_of, checked, editor, officer):
    writer, checker = browser_of(editor), browser_of(officer)
    mandate = enter_one(writer)
    assert writer.get(step_url(mandate, "publish")).status_code == 404
    take(writer, mandate, "submit")
    assert "Somebody else than who wrote" in writer.get(change_url(mandate)).content.decode()
    assert writer.get(step_url(mandate, "approve")).status_code == 404
    take(checker, mandate, "approve", comments="Compared with the print.")
    page = writer.get(change_url(mandate)).content.decode()
    assert "Approved by Officer" in page
    assert "Compared with the print." in page
    take(writer, mandate, "publish")
    assert is_listed()


def test_a_writer_who_posts_an_approval_all_the_same_is_told_why_not(browser_of, checked, editor):
    client = browser_of(editor)
    mandate = enter_one(client)
    take(client, mandate, "submit")
    said = client.post(step_url(mandate, "approve"), {"comments": "Fine."}, follow=True).content.decode()
    assert "Somebody else than who wrote or submitted this has to check it." in said
    assert "Fine." in said  # what was typed is not lost
    assert not Review.objects.exists()


def test_asking_for_changes_needs_words(browser_of, checked, editor, officer):
    client = browser_of(officer)
    mandate = MandateFactory()
    submit(mandate, by=editor)
    assert "This field is required." in take(client, mandate, "request_changes", comments="").content.decode()
    take(client, mandate, "request_changes", comments="The year is wrong.")
    assert status_of(mandate) == PublishingStatus.DRAFT
    assert "The year is wrong." in client.get(change_url(mandate)).content.decode()


def test_an_approval_of_words_that_changed_meanwhile_is_refused(browser_of, checked, editor, officer, manager):
    mandate = MandateFactory()
    submit(mandate, by=editor)
    checker = browser_of(officer)
    looked_at = filled(checker.get(step_url(mandate, "approve")), "")
    save(browser_of(manager), mandate, name_en="Other words")
    said = checker.post(step_url(mandate, "approve"), looked_at, follow=True).content.decode()
    assert "somebody else changed it first" in said
    assert status_of(mandate) == PublishingStatus.IN_REVIEW


def test_saving_an_approved_text_sends_it_back_and_saving_nothing_does_not(browser_of, checked, editor, officer):
    mandate = MandateFactory()
    submit(mandate, by=editor)
    client = browser_of(officer)
    take(client, mandate, "approve")
    save(client, mandate)
    assert status_of(mandate) == PublishingStatus.APPROVED
    save(client, mandate, summary_en="Three goals.")
    assert status_of(mandate) == PublishingStatus.IN_REVIEW
    words = client.get(reverse("admin:library_mandate_history", args=[mandate.pk])).content.decode()
    assert "changed after the approval: back in review" in words


def test_what_is_published_is_read_only_for_who_may_not_publish(browser_of, editor):
    mandate = MandateFactory()
    translator = browser_of(staff("translator@office.example", "translator"))
    save(translator, mandate, name_zh_hans="译名")
    assert Mandate.objects.get().name_zh_hans == "译名"
    take(browser_of(editor), mandate, "publish")
    assert "mandate_form" in translator.get(change_url(mandate)).content.decode()
    assert translator.post(change_url(mandate), {"name_zh_hans": "别名"}).status_code == 403
    assert Mandate.objects.get().name_zh_hans == "译名"


def test_a_translator_changes_texts_and_nothing_else(browser_of):
    mandate = MandateFactory(kind="strategy")
    client = browser_of(staff("translator@office.example", "translator"))
    page = client.get(change_url(mandate)).content.decode()
    assert 'name="name_zh_hans"' in page
    assert 'name="kind"' not in page
    save(client, mandate, name_zh_hans="译名", kind="vision", slug="elsewhere")
    saved = Mandate.objects.get()
    assert (saved.name_zh_hans, saved.kind, saved.slug) == ("译名", "strategy", mandate.slug)
    assert client.post(step_url(mandate, "publish")).status_code == 403


def test_a_later_moment_is_asked_for_named_and_can_be_moved(browser_of, editor):
    client = browser_of(editor)
    mandate = MandateFactory()
    day = (timezone.now() + timedelta(days=9)).date().isoformat()
    take(client, mandate, "publish", publish_at_0=day, publish_at_1="08:00")
    assert not is_listed()
    assert "It becomes public on" in client.get(change_url(mandate)).content.decode()
    take(client, mandate, "schedule", publish_at_0="", publish_at_1="")
    assert is_listed()
    assert client.get(step_url(mandate, "schedule")).status_code == 404


def test_a_moment_that_has_passed_is_refused_beside_the_field(browser_of, editor):
    client = browser_of(editor)
    mandate = MandateFactory()
    page = take(client, mandate, "publish", publish_at_0="2020-01-01", publish_at_1="08:00").content.decode()
    assert "This moment has passed." in page
    assert 'value="2020-01-01"' in page
    assert status_of(mandate) == PublishingStatus.DRAFT


def test_the_preview_link_is_shown_in_both_languages_and_can_be_ended(browser_of, editor):
    client = browser_of(editor)
    mandate = MandateFactory()
    url, token = reverse("admin:library_mandate_preview", args=[mandate.pk]), mandate.preview_token
    page = client.get(url).content.decode()
    for language in ("en", "zh-hans"):
        assert f"/{language}/preview/{token}/" in page
    assert Client().get(f"/en/preview/{token}/").status_code == 200
    after = client.post(url, follow=True).content.decode()
    assert token not in after
    assert Client().get(f"/en/preview/{token}/").status_code == 404
    assert history(mandate).first().action == "renew_preview"


def test_many_are_published_after_a_look_with_a_report_a_row(browser_of, checked, editor, officer):
    approved, draft = MandateFactory(name_en="One"), MandateFactory(name_en="Two", name_zh_hans="")
    submit(approved, by=editor)
    take(browser_of(officer), approved, "approve")
    client = browser_of(editor)
    chosen = {"action": "publish_many", ACTION_CHECKBOX_NAME: [approved.pk, draft.pk]}
    page = client.post(LIST, chosen)
    assert "Without Chinese text: official name." in page.content.decode()
    assert not is_listed()
    said = client.post(LIST, filled(page, "", confirmed="1"), follow=True).content.decode()
    assert "1 published." in said
    assert "1 skipped – A second person has to check this first: submit it for review.: Two" in said
    assert [status_of(approved), status_of(draft)] == [PublishingStatus.PUBLISHED, PublishingStatus.DRAFT]


def test_many_are_submitted_at_once(browser_of, editor):
    chosen = {"action": "submit_many", ACTION_CHECKBOX_NAME: [MandateFactory().pk, MandateFactory().pk]}
    client = browser_of(editor)
    client.post(LIST, filled(client.post(LIST, chosen), "", confirmed="1"))
    assert Mandate.objects.filter(status=PublishingStatus.IN_REVIEW).count() == 2


def test_a_reader_finds_no_step_and_takes_none(browser_of, reader):
    mandate = MandateFactory()
    client = browser_of(reader)
    assert step_url(mandate, "publish") not in client.get(change_url(mandate)).content.decode()
    for name in ("submit", "publish", "approve"):
        assert client.post(step_url(mandate, name)).status_code == 403
    client.post(LIST, {"action": "publish_many", ACTION_CHECKBOX_NAME: [mandate.pk], "confirmed": "1"})
    assert status_of(mandate) == PublishingStatus.DRAFT


def test_a_step_that_is_no_longer_possible_is_told_and_not_done_twice(browser_of, editor):
    mandate = MandateFactory(is_public=True)
    client = browser_of(editor)
    said = client.post(step_url(mandate, "publish"), follow=True).content.decode()
    assert "not possible in its present state" in said
    assert client.get(step_url(mandate, "nonsense")).status_code == 404


def test_a_draft_is_deleted_with_its_entry_and_what_is_published_is_not(browser_of, editor):
    client = browser_of(editor)
    draft, public = MandateFactory(), MandateFactory(is_public=True)
    for mandate in (draft, public):
        client.post(reverse("admin:library_mandate_delete", args=[mandate.pk]), {"post": "yes"})
    assert list(Mandate.objects.all()) == [public]
    assert CatalogueItem.objects.get().object_id == public.pk
    assert "delete_selected" not in client.get(LIST).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_number_of_queries_whatever_its_length(
    browser_of, editor, count, django_assert_num_queries
):
    for _ in range(count):
        MandateFactory(is_public=True)
    client = browser_of(editor)
    client.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(LIST)


def test_whoever_may_change_what_is_published_is_told_that_it_is_public_at_once(browser_of, manager):
    words = "public as soon as it is saved"
    client = browser_of(manager)
    draft, public = MandateFactory(), MandateFactory(status=PublishingStatus.PUBLISHED)
    assert words in client.get(change_url(public)).content.decode()
    assert words not in client.get(change_url(draft)).content.decode()
