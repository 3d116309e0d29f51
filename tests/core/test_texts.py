"""Texts in versions, and the consents that name them."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from portal.core.audit import history
from portal.core.models import Consent, TextVersion
from portal.core.texts import agreed_purposes, consents_of, current_text, record_consent, release_text
from portal.core.workflow import Conflict

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2025-10-21T09:00+08:00")


def text(version="1", released_at=None, **fields) -> TextVersion:
    titles = {"title_en": "Privacy", "title_zh_hans": "隐私", "body_en": "<p>Words</p>", "body_zh_hans": "<p>文字</p>"}
    return TextVersion.objects.create(code="notice", version=version, released_at=released_at, **titles | fields)


def test_the_current_text_is_the_one_released_last():
    text("1", NOW)
    latest = text("2", NOW + timedelta(days=1))
    text("3")
    text("4", timezone.now() + timedelta(days=1))
    assert current_text("notice") == latest


def test_a_text_that_nobody_released_does_not_exist():
    text("1")
    with pytest.raises(TextVersion.DoesNotExist):
        current_text("notice")


def test_a_text_is_released_once_and_the_release_is_logged(editor):
    draft = text()
    release_text(draft, by=editor, at=NOW)
    draft.refresh_from_db()
    assert draft.released_at == NOW
    assert [(entry.action, entry.actor) for entry in history(draft)] == [("release", editor)]
    with pytest.raises(Conflict):
        release_text(draft, by=editor)


def test_a_draft_can_be_edited_and_deleted():
    draft = text()
    draft.title_en = "Privacy notice"
    draft.save(update_fields=["title_en"])
    draft.clean()
    draft.delete()
    assert not TextVersion.objects.exists()


def test_a_released_text_cannot_be_edited_by_any_way():
    released = text(released_at=NOW)
    released.title_en = "Other words"
    for change in (
        released.save,
        released.delete,
        TextVersion.objects.filter(code="notice").delete,
        lambda: TextVersion.objects.update(title_en="Other words"),
        lambda: TextVersion.objects.bulk_update([released], ["title_en"]),
        lambda: TextVersion.objects.update_or_create(code="notice", version="1", defaults={"title_en": "Other"}),
    ):
        with pytest.raises(ValueError, match="never"), transaction.atomic():
            change()
    with pytest.raises(ValidationError):
        released.clean()
    released.refresh_from_db()
    assert released.title_en == "Privacy"


def test_saving_in_one_language_leaves_the_other_alone_and_cleans_both():
    with translation.override("zh-hans"):
        draft = text(body_en="<p onclick=x>Words</p><script>1</script>", body_zh_hans="")
    draft.refresh_from_db()
    assert draft.body_en == "<p>Words</p>"
    assert not draft.body_zh_hans


def test_consents_are_added_and_the_latest_of_each_purpose_counts(officer, delegate):
    notice = text(released_at=NOW)
    record_consent(delegate, "photos", True, text=notice, given_by="self", at=NOW)
    record_consent(delegate, "list", True, text=notice, given_by="self", at=NOW)
    record_consent(delegate, "photos", False, text=notice, given_by="assistant", at=NOW + timedelta(hours=1))
    record_consent(officer, "photos", True, text=notice, given_by="self")
    found = consents_of(delegate)
    assert {purpose: (consent.given, consent.given_by) for purpose, consent in found.items()} == {
        "photos": (False, "assistant"),
        "list": (True, "self"),
    }
    assert found["photos"].text_version == notice
    assert Consent.objects.count() == 4


def test_what_was_withdrawn_last_is_not_agreed_to(delegate):
    released = text(released_at=NOW)
    for number, (purpose, given) in enumerate([("privacy", True), ("photo", True), ("photo", False)]):
        record_consent(
            delegate, purpose, given, text=released, given_by=str(delegate), at=NOW + timedelta(minutes=number)
        )
    assert agreed_purposes(delegate) == {"privacy"}


def test_nobody_can_agree_to_a_text_that_is_not_released(delegate):
    with pytest.raises(ValueError, match="not released"):
        record_consent(delegate, "photos", True, text=text(), given_by="self")


def test_the_consents_of_somebody_cost_one_query(delegate, django_assert_num_queries):
    notice = text(released_at=NOW)
    for purpose in ("photos", "list", "mail"):
        record_consent(delegate, purpose, True, text=notice, given_by="self")
    with django_assert_num_queries(1):
        assert len({consent.text_version for consent in consents_of(delegate).values()}) == 1


def test_the_administration_shows_a_released_text_and_changes_only_drafts(client, superuser):
    client.force_login(superuser)
    released, draft = text("1", NOW), text("2")
    page = client.get(reverse("admin:core_textversion_change", args=[released.pk]))
    assert (page.status_code, page.context["has_change_permission"]) == (200, False)
    assert client.post(reverse("admin:core_textversion_delete", args=[released.pk]), {"post": "yes"}).status_code == 403
    assert client.get(reverse("admin:core_textversion_change", args=[draft.pk])).context["has_change_permission"]
    assert client.get(reverse("admin:core_consent_changelist")).status_code == 200


def test_releasing_in_the_administration_asks_first(client, superuser):
    client.force_login(superuser)
    draft, address = text(), reverse("admin:core_textversion_changelist")
    choice = {"action": "release", "_selected_action": [draft.pk]}
    assert b"cannot be changed or taken back" in client.post(address, choice).content
    draft.refresh_from_db()
    assert draft.released_at is None
    assert client.post(address, choice | {"confirmed": "1"}).status_code == 302
    draft.refresh_from_db()
    assert draft.released_at is not None
