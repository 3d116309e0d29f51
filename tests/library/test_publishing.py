"""The workflow of everything that is published: who may take which step, and what a second person's check holds for."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from portal.core.audit import history, log
from portal.core.enums import ReviewDecision
from portal.core.facts import confirm_fact, correct_fact, record_fact
from portal.core.models import Fact, Review
from portal.core.workflow import Conflict, TransitionRefused
from portal.library.enums import PublishingStatus
from portal.library.models import CatalogueItem, Mandate, Milestone
from portal.library.services.publishing import (
    NotChecked,
    content_saved,
    discard,
    is_public,
    last_change,
    last_review,
    public_from,
    publish,
    renew_preview,
    review,
    schedule,
    submit,
    unpublish,
)
from tests.library_factories import DocumentFactory, MandateFactory, MilestoneFactory, ProgrammeStrandFactory, item_for

APPROVED, CHANGES = ReviewDecision.APPROVED, ReviewDecision.CHANGES


@pytest.fixture
def checked(settings):
    """The office asks for a second person's check."""
    settings.PUBLISH_SECOND_CHECK = True


def written(by, **fields) -> Mandate:
    """A mandate that ``by`` entered."""
    mandate = MandateFactory(**fields)
    log(mandate, "added", by=by)
    return mandate


def submitted(by) -> Mandate:
    mandate = written(by)
    submit(mandate, by=by)
    return mandate


def listed(obj) -> bool:
    return CatalogueItem.objects.public(timezone.now()).filter(object_id=obj.pk, kind="mandate").exists()


def test_without_the_setting_one_person_publishes_and_unpublishes(editor):
    mandate = written(editor)
    assert not listed(mandate)
    publish(mandate, by=editor)
    assert (mandate.status, listed(mandate)) == (PublishingStatus.PUBLISHED, True)
    assert public_from(mandate) == mandate.published_at
    unpublish(mandate, by=editor)
    assert (mandate.status, listed(mandate), public_from(mandate)) == (PublishingStatus.UNPUBLISHED, False, None)
    assert [entry.action for entry in history(mandate)][:2] == ["unpublish", "publish"]


@pytest.mark.parametrize("role", ["logistics", "desk", "reader"])
def test_who_has_not_the_permission_takes_no_step(role, request):
    user, mandate = request.getfixturevalue(role), MandateFactory()
    for step in (submit, publish):
        with pytest.raises(PermissionDenied):
            step(mandate, by=user)
    with pytest.raises(PermissionDenied):
        schedule(mandate, publish_at=timezone.now() + timedelta(days=1), by=user)
    assert Mandate.objects.get(pk=mandate.pk).status == PublishingStatus.DRAFT


def test_with_the_setting_nothing_is_published_unchecked(checked, editor):
    mandate = written(editor)
    for step in (lambda: None, lambda: submit(mandate, by=editor)):
        step()
        with pytest.raises(NotChecked):
            publish(mandate, by=editor)


def test_a_second_person_approves_and_the_check_is_kept(checked, editor, officer):
    mandate = submitted(editor)
    review(mandate, decision=APPROVED, by=officer, comments="Good.")
    publish(mandate, by=editor)
    assert listed(mandate)
    found = last_review(mandate)
    assert (found.reviewer, found.decision, found.comments) == (officer, APPROVED, "Good.")


@pytest.mark.parametrize("decision", [APPROVED, CHANGES])
def test_who_wrote_cannot_be_the_second_person(checked, editor, officer, decision):
    mandate = written(officer)
    log(mandate, "changed", by=editor)
    submit(mandate, by=officer)
    for writer in (editor, officer):
        with pytest.raises(NotChecked):
            review(mandate, decision=decision, by=writer)
    assert not Review.objects.exists()
    assert mandate.status == PublishingStatus.IN_REVIEW


def test_who_only_submitted_cannot_check_either(checked, editor, officer):
    mandate = written(editor)
    submit(mandate, by=officer)
    with pytest.raises(NotChecked):
        review(mandate, decision=APPROVED, by=officer)


def test_requested_changes_make_a_draft_of_it(checked, editor, officer):
    mandate = submitted(editor)
    review(mandate, decision=CHANGES, by=officer, comments="The year is wrong.")
    assert (mandate.status, last_review(mandate).comments) == (PublishingStatus.DRAFT, "The year is wrong.")
    submit(mandate, by=editor)
    review(mandate, decision=APPROVED, by=officer)
    assert mandate.status == PublishingStatus.APPROVED


def test_a_change_of_what_was_approved_goes_back_to_review(checked, editor, officer, manager):
    mandate = submitted(editor)
    review(mandate, decision=APPROVED, by=officer)
    content_saved(mandate, by=officer)
    log(mandate, "changed", by=officer)
    assert Mandate.objects.get(pk=mandate.pk).status == PublishingStatus.IN_REVIEW
    with pytest.raises(NotChecked):
        review(mandate, decision=APPROVED, by=officer)  # these are the officer's words now
    review(mandate, decision=APPROVED, by=editor)  # what the editor wrote was checked before
    assert mandate.status == PublishingStatus.APPROVED


def test_a_change_counts_even_when_the_form_was_opened_before_the_approval(checked, editor, officer):
    mandate = submitted(editor)
    opened_before = Mandate.objects.get(pk=mandate.pk)
    review(mandate, decision=APPROVED, by=officer)
    content_saved(opened_before, by=editor)
    assert Mandate.objects.get(pk=mandate.pk).status == PublishingStatus.IN_REVIEW


def test_an_approval_holds_for_the_words_that_were_seen(checked, editor, officer, manager):
    mandate = submitted(editor)
    seen = last_change(mandate)
    log(mandate, "changed", by=manager)
    with pytest.raises(Conflict):
        review(mandate, decision=APPROVED, by=officer, seen=seen)
    assert not Review.objects.exists()
    review(mandate, decision=APPROVED, by=officer, seen=last_change(mandate))
    assert mandate.status == PublishingStatus.APPROVED


def test_publishing_holds_for_the_words_that_were_seen(editor, manager):
    mandate = written(editor)
    seen = last_change(mandate)
    log(mandate, "changed", by=manager)
    with pytest.raises(Conflict):
        publish(mandate, by=editor, seen=seen)
    assert not listed(mandate)


def test_two_who_decide_at_once_do_not_both_succeed(checked, editor, officer, manager):
    mandate = submitted(editor)
    other = Mandate.objects.get(pk=mandate.pk)
    review(mandate, decision=APPROVED, by=officer)
    with pytest.raises(Conflict):
        review(other, decision=CHANGES, by=manager, comments="No.")
    assert (Review.objects.count(), other.status) == (1, PublishingStatus.IN_REVIEW)


def test_a_corrected_fact_is_a_change_of_words_and_a_confirmed_one_is_not(checked, editor, officer, manager):
    mandate = MandateFactory(period_from=2021)
    facts = [
        record_fact(mandate, name, value, grade="press", source="A page.", is_shown=True)
        for name, value in (("period_from", 2021), ("period_to", 2025))
    ]
    submit(mandate, by=editor)
    confirm_fact(facts[0], evidence="Page 3.", by=officer)
    correct_fact(facts[1], 2026, evidence="Page 3.", by=manager)
    with pytest.raises(NotChecked):
        review(mandate, decision=APPROVED, by=manager)
    review(mandate, decision=APPROVED, by=officer)


def test_a_fact_about_a_row_below_is_a_change_of_the_record(checked, editor, officer, manager):
    strand = ProgrammeStrandFactory()
    activity = strand.activities.create(title_en="Training")
    fact = record_fact(activity, "place_en", "Beijing", grade="press", source="A page.", is_shown=False)
    submit(strand, by=editor)
    correct_fact(fact, "Nanning", evidence="Page 3.", by=officer)
    with pytest.raises(NotChecked):
        review(strand, decision=APPROVED, by=officer)
    review(strand, decision=APPROVED, by=manager)


def test_a_later_moment_is_a_date_and_no_status(editor):
    mandate, begins = written(editor), timezone.now() + timedelta(days=3)
    schedule(mandate, publish_at=begins, by=editor)
    publish(mandate, by=editor)
    assert mandate.status == PublishingStatus.PUBLISHED
    assert not is_public(mandate)
    assert not listed(mandate)
    item = CatalogueItem.objects.get()
    assert item.public_from == begins
    later = CatalogueItem.objects.public(begins)
    assert list(later) == [item]
    assert list(Mandate.objects.public()) == []
    assert list(Mandate.objects.public(begins)) == [mandate]


def test_the_moment_can_be_moved_until_it_has_come(editor):
    mandate = written(editor)
    schedule(mandate, publish_at=timezone.now() + timedelta(days=3), by=editor)
    publish(mandate, by=editor)
    schedule(mandate, publish_at=None, by=editor)
    assert listed(mandate)
    with pytest.raises(TransitionRefused):
        schedule(mandate, publish_at=timezone.now() + timedelta(days=1), by=editor)
    assert listed(mandate)
    assert history(mandate).filter(action="schedule").count() == 2


def test_what_waits_for_its_moment_can_be_taken_back(editor):
    mandate, begins = written(editor), timezone.now() + timedelta(days=3)
    schedule(mandate, publish_at=begins, by=editor)
    publish(mandate, by=editor)
    unpublish(mandate, by=editor)
    assert not CatalogueItem.objects.public(begins + timedelta(days=1)).exists()
    assert not Mandate.objects.public(begins + timedelta(days=1)).exists()


def test_what_is_published_is_changed_only_by_who_may_publish(editor, logistics):
    mandate = MandateFactory(is_public=True)
    with pytest.raises(PermissionDenied):
        content_saved(mandate, by=logistics)
    content_saved(mandate, by=editor)
    content_saved(mandate, by="opening content")
    assert mandate.status == PublishingStatus.PUBLISHED


def test_what_stands_in_no_catalogue_is_published_all_the_same(editor):
    milestone = MilestoneFactory()
    publish(milestone, by=editor)
    assert list(Milestone.objects.public()) == [milestone]
    content_saved(milestone, by=editor)
    unpublish(milestone, by=editor)
    assert not Milestone.objects.public().exists()


def test_ended_preview_links_stay_ended(editor):
    mandate = MandateFactory()
    first = mandate.preview_token
    same = Mandate.objects.get(pk=mandate.pk)
    renew_preview(mandate, by=editor)
    second = mandate.preview_token
    renew_preview(same, by=editor)  # opened before the first renewal
    assert len({first, second, same.preview_token}) == 3


def test_a_deleted_thing_leaves_no_entry_and_no_facts(editor):
    mandate = MandateFactory()
    record_fact(mandate, "period_from", 2021, grade="press", source="A page.", is_shown=True)
    discard(mandate)
    assert [model.objects.count() for model in (Mandate, CatalogueItem, Fact)] == [0, 0, 0]


def test_what_is_published_is_not_deleted(db):
    mandate = MandateFactory(is_public=True)
    opened_before = Mandate.objects.get(pk=mandate.pk)
    opened_before.status = PublishingStatus.DRAFT
    with pytest.raises(TransitionRefused):
        discard(opened_before)
    assert listed(mandate)


def test_a_mandate_is_found_by_the_files_of_its_text_once_they_are_public(editor):
    document = DocumentFactory(languages=["en", "th"])
    mandate = MandateFactory(is_public=True, text=document)
    languages = item_for(mandate).languages
    assert not languages.exists()
    publish(document, by=editor)
    assert {row.language for row in languages.all()} == {"en", "th"}
    unpublish(document, by=editor)
    assert not languages.exists()
