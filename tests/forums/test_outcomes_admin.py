"""An officer makes, publishes and takes back the page of outcomes in the administration."""

import json
from datetime import date

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from forums.enums import EventStatus
from forums.models import Event, Outcome
from forums.services import outcome_parts as parts
from forums.services.listing import list_event
from forums.services.outcomes import begin_outcome, publish_outcome
from portal.core.audit import history
from portal.library.models import Document
from portal.library.services.publishing import may_check
from tests.factories import EventFactory, OutcomeFactory
from tests.forums.posting import filled
from tests.forums.test_outcomes import add_document, described
from tests.forums.uploads import drawing, huge_photo, pdf, photo

pytestmark = pytest.mark.django_db
TITLE, TITLE_ZH = "Seagrass declaration of Example Bay", "示例湾海草宣言"


@pytest.fixture
def event() -> Event:
    event = EventFactory(
        slug="forum", status=EventStatus.HELD, title_en="Example Bay Forum", title_zh_hans="示例湾论坛",
        start_day=date(2025, 10, 21), end_day=date(2025, 10, 22),
    )  # fmt: skip
    list_event(event)
    return event


@pytest.fixture
def outcome(event, officer) -> Outcome:
    return begin_outcome(event, by=officer)


def url(name: str, outcome: Outcome, *more: object) -> str:
    return reverse(f"admin:forums_outcome_{name}", args=[outcome.pk, *more])


def document_data(**changes: object) -> dict[str, object]:
    given = {
        "kind": "declaration", "title_en": TITLE, "title_zh_hans": TITLE_ZH,
        "file_en": pdf("declaration.pdf"), "file_zh_hans": pdf("宣言.pdf"),
    }  # fmt: skip
    return {**given, **changes}


def seen_by_everybody() -> dict[str, bool]:
    """Where the outcome and its document are seen by somebody who never signed in."""
    visitor = Client()
    found = {}
    pages = {
        "home": "/en/",
        "home in Chinese": "/zh-hans/",
        "results": "/en/results/",
        "outcome in search": "/en/search/?q=Example+Bay",
        "search in Chinese": "/zh-hans/search/?q=海草宣言",
        "feed": "/feeds/en/results.atom",
        "event": "/en/forums/forum/",
        "sitemap": "/sitemap-1.xml",
    }
    for name, address in pages.items():
        text = visitor.get(address).content.decode()
        found[name] = "/forums/forum/outcomes/" in text or TITLE_ZH in text
    found["the page"] = visitor.get("/en/forums/forum/outcomes/").status_code == 200
    found["the API"] = "forums/forum/outcomes/" in json.dumps(visitor.get("/api/v1/results/").json())
    for language in ("en", "zh-hans"):
        answer = visitor.get(f"/en/results/documents/forum-declaration/{language}/")
        found[f"file {language}"] = answer.status_code == 200 and answer.getvalue().startswith(b"%PDF-")
    return found


def test_an_officer_publishes_two_pdfs_and_takes_them_back_and_everybody_sees_it_at_once(web, event, officer):
    button = reverse("admin:forums_event_outcome", args=[event.pk])
    assert button in web.get(reverse("admin:forums_event_change", args=[event.pk])).content.decode()
    assert web.get(button).status_code == 200
    assert not Outcome.objects.exists()  # looking changes nothing
    page = web.post(button, follow=True)
    outcome = Outcome.objects.get()
    saved = filled(page, "outcome_form", lead_en="Agreed.", lead_zh_hans="已商定。", summary_en="<p>Words</p>")
    assert web.post(url("change", outcome), saved).status_code == 302
    assert web.post(url("document", outcome), document_data()).status_code == 302
    assert not any(seen_by_everybody().values())

    publish, unpublish = url("publishing", outcome, "publish"), url("publishing", outcome, "unpublish")
    question = web.get(publish)
    assert TITLE in question.content.decode()  # its documents go out with it
    assert web.post(publish, filled(question, "", confirmed="1")).status_code == 302
    assert all(seen_by_everybody().values()), seen_by_everybody()

    question = web.get(unpublish)
    assert TITLE in question.content.decode()
    assert web.post(unpublish, filled(question, "", confirmed="1")).status_code == 302
    assert not any(seen_by_everybody().values()), seen_by_everybody()
    event.refresh_from_db()
    assert event.status == EventStatus.HELD
    assert [entry.actor for entry in history(outcome)] == [officer] * history(outcome).count()


def test_documents_stay_when_the_tick_is_taken_away(web, outcome, officer):
    add_document(outcome, officer)
    publish_outcome(outcome, by=officer)
    unpublish = url("publishing", outcome, "unpublish")
    assert web.post(unpublish, filled(web.get(unpublish), "", with_documents=None)).status_code == 302
    assert Document.objects.public().count() == 1
    assert not Outcome.objects.public().exists()


def test_an_outcome_that_lacks_something_is_not_published_and_says_why(web, outcome):
    publish = url("publishing", outcome, "publish")
    question = web.get(publish)
    assert "There is nothing to read yet" in question.content.decode()
    answer = web.post(publish, filled(question, "", confirmed="1"), follow=True)
    assert "There is nothing to read yet" in answer.content.decode()
    assert not Outcome.objects.public().exists()


def test_what_changed_since_the_question_is_not_published(web, outcome, officer):
    add_document(outcome, officer)
    publish = url("publishing", outcome, "publish")
    data = filled(web.get(publish), "", confirmed="1")
    add_document(outcome, officer)
    web.post(publish, data)
    assert not Outcome.objects.public().exists()


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"file_en": pdf("fake.pdf", b"<html><script>alert(1)</script></html>")}, "file_en", "not accepted"),
        ({"file_zh_hans": photo("photo.pdf")}, "file_zh_hans", "not accepted"),
        ({"file_en": pdf("empty.pdf", b"")}, "file_en", "empty"),
        ({"title_zh_hans": ""}, "title_zh_hans", "Write the title in the language"),
        ({"file_en": "", "file_zh_hans": ""}, "file_en", "Choose the file"),
    ],
)
def test_a_document_that_is_none_is_refused_beside_its_field_and_words_stay(web, outcome, change, field, reason):
    answer = web.post(url("document", outcome), document_data(**change))
    assert answer.status_code == 200
    form = answer.context["form"]
    assert list(form.errors) == [field]
    assert reason in " ".join(form.errors[field])
    assert TITLE in answer.content.decode()
    assert not Document.objects.exists()


def photos_data(*uploads: object) -> dict[str, object]:
    return {"photos": list(uploads), "credit": "Example Agency", "consent_note": "All agreed."}


def test_several_photos_are_added_at_once_and_described_afterwards(web, outcome):
    page = url("photos", outcome)
    assert web.get(page).status_code == 200
    assert web.post(page, photos_data(photo("a.jpg"), photo("b.jpg"))).status_code == 302
    form = web.get(url("change", outcome))
    alts = {f"photos-{row}-alt_{language}": "People" for row in (0, 1) for language in ("en", "zh_hans")}
    assert web.post(url("change", outcome), filled(form, "outcome_form", **alts)).status_code == 302
    assert set(outcome.photos.values_list("alt_en", "alt_zh_hans", "credit")) == {
        ("People", "People", "Example Agency")
    }


@pytest.mark.parametrize(
    ("make", "reason"), [(huge_photo, "too many pixels"), (drawing, "not accepted"), (pdf, "not accepted")]
)
def test_what_is_no_photo_is_refused_by_name_and_nothing_is_kept(web, outcome, make, reason):
    answer = web.post(url("photos", outcome), photos_data(photo("good.jpg"), make("bad.jpg")))
    errors = answer.context["form"].errors
    assert list(errors) == ["photos"]
    assert "bad.jpg" in errors["photos"][0]
    assert reason in errors["photos"][0]
    assert "Example Agency" in answer.content.decode()
    assert not outcome.photos.exists()


def test_photos_without_a_credit_are_refused(web, outcome):
    answer = web.post(url("photos", outcome), {**photos_data(photo()), "credit": ""})
    assert list(answer.context["form"].errors) == ["credit"]


def test_too_many_photos_at_once_are_refused(web, outcome):
    answer = web.post(url("photos", outcome), photos_data(*(photo(f"{n}.jpg", (8, 8)) for n in range(13))))
    assert "At most 12" in answer.context["form"].errors["photos"][0]


def test_a_photo_that_is_taken_away_leaves_no_file(web, outcome, officer, django_capture_on_commit_callbacks):
    parts.add_photos(outcome, [photo()], credit="A", by=officer)
    row = outcome.photos.select_related("file").get()
    form = web.get(url("change", outcome))
    with django_capture_on_commit_callbacks(execute=True):
        data = filled(form, "outcome_form", **{"photos-0-DELETE": "on"})
        assert web.post(url("change", outcome), data).status_code == 302
    assert not row.file.file.storage.exists(row.file.file.name)
    assert not outcome.photos.exists()


def test_a_text_is_written_released_and_replaced(web, outcome):
    assert web.get(url("new_text", outcome)).status_code == 200
    page = web.post(url("new_text", outcome), {"kind": "chair_summary"}, follow=True).redirect_chain[-1][0]
    words = {"version": "1", "title_en": "Chair’s summary", "body_en": "<p>Agreed<script>alert(1)</script></p>"}
    assert web.post(page, words).status_code == 302
    text = outcome.texts.get()
    release = url("release", outcome, text.pk)
    assert web.get(release).status_code == 200
    assert not parts.versions_of(text).filter(released_at__isnull=False).exists()
    assert web.post(release).status_code == 302
    released = parts.versions_of(text).get()
    assert (released.body_en, released.released_at is not None) == ("<p>Agreed</p>", True)
    answer = web.post(page, {**words, "title_en": "Other words"})
    assert "released already" in answer.context["form"].errors["version"][0]
    begins = web.get(page).context["form"].initial
    assert (begins["version"], begins["title_en"], begins["body_en"]) == ("2", "Chair’s summary", "<p>Agreed</p>")
    assert web.post(page, {**words, "version": "2"}).status_code == 302
    assert parts.versions_of(text).count() == 2


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"version": "1"}, "title_en"),
        ({"version": "1", "title_en": "Title"}, "body_en"),
        ({"version": "1", "body_zh_hans": "<p>文字</p>"}, "title_zh_hans"),
        ({"title_en": "Title", "body_en": "<p>Words</p>"}, "version"),
    ],
)
def test_half_a_text_is_refused_beside_its_field(web, outcome, officer, words, field):
    text = parts.add_text(outcome, kind="declaration", by=officer)
    answer = web.post(url("text", outcome, text.pk), words)
    assert list(answer.context["form"].errors) == [field]


def test_a_draft_of_an_outcome_can_be_deleted_with_its_photos(web, outcome, officer):
    parts.add_photos(outcome, [photo()], credit="A", by=officer)
    described(outcome)
    assert web.post(url("delete", outcome), {"post": "yes"}).status_code == 302
    assert not Outcome.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_three_outcomes(web, rows, django_assert_num_queries):
    for _ in range(rows):
        OutcomeFactory()
    page = reverse("admin:forums_outcome_changelist")
    web.get(page)
    with django_assert_num_queries(6):
        assert web.get(page).status_code == 200


def test_the_history_says_in_words_what_was_added(web, outcome, officer):
    web.post(url("document", outcome), document_data())
    text = parts.add_text(outcome, kind="declaration", by=officer)
    draft = parts.write_version(text, values={"version": "1", "title_en": TITLE, "body_en": "We agree."}, by=officer)
    parts.release_version(text, draft, by=officer)
    actions = [row.action for row in web.get(url("history", outcome)).context["rows"]]
    assert {f"document added: {TITLE}", "text begun", f"text drafted: {TITLE}, 1", f"text released: {TITLE}, 1"} <= set(
        actions
    )


@override_settings(PUBLISH_SECOND_CHECK=True)
def test_who_wrote_or_released_a_text_does_not_check_the_outcome(outcome, officer, manager, editor, reader):
    text = parts.add_text(outcome, kind="declaration", by=manager)
    draft = parts.write_version(text, values={"version": "1", "title_en": TITLE, "body_en": "We agree."}, by=editor)
    parts.release_version(text, draft, by=officer)
    assert [may_check(outcome, person) for person in (manager, editor, officer, reader)] == [
        False,
        False,
        False,
        True,
    ]


def test_a_text_released_since_the_question_is_not_published_unseen(web, outcome, officer):
    text = parts.add_text(outcome, kind="declaration", by=officer)
    draft = parts.write_version(text, values={"version": "1", "title_en": TITLE, "body_en": "We agree."}, by=officer)
    publish = url("publishing", outcome, "publish")
    data = filled(web.get(publish), "", confirmed="1")
    parts.release_version(text, draft, by=officer)
    web.post(publish, data)
    assert not Outcome.objects.public().exists()


def test_whoever_sent_files_with_an_error_is_told_to_choose_them_again(web, outcome):
    words = "choose them again"
    assert words in web.post(url("document", outcome), document_data(title_zh_hans="")).content.decode()
    assert words not in web.post(url("document", outcome), {"kind": "declaration"}).content.decode()
