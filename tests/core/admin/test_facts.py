"""The queue of facts to confirm: what comes first, one page for each decision, many at once."""

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.test import Client
from django.urls import reverse

from portal.core.admin.facts import next_open
from portal.core.audit import history
from portal.core.enums import FactStatus
from portal.core.facts import confirm_fact, record_fact
from portal.core.models import Fact
from portal.library.models import CatalogueItem, Mandate
from tests.forums.posting import filled
from tests.library_factories import DocumentFactory, MandateFactory, ProgrammeStrandFactory

LIST = reverse("admin:core_fact_changelist")
LIST_QUERIES = 9


def fact_about(
    obj, field: str = "name_en", value="Vision 2030", *, grade: str = "press", is_shown: bool = False
) -> Fact:
    return record_fact(obj, field, value, grade=grade, source="China Daily, 24 October 2016.", is_shown=is_shown)


def url_of(fact: Fact) -> str:
    return reverse("admin:core_fact_change", args=[fact.pk])


def decide(client: Client, fact: Fact, decision: str, **answers):
    data = filled(client.get(url_of(fact)), "", **answers)
    return client.post(url_of(fact), data | {"decision": decision}, follow=True)


@pytest.fixture
def client(editor) -> Client:
    """The editor's browser."""
    browser = Client()
    browser.force_login(editor)
    return browser


def test_what_is_open_comes_first_and_of_that_what_was_only_recalled(client, editor):
    mandate = MandateFactory()
    for field, grade in (("name_en", "official"), ("body_en", "press"), ("summary_en", "recalled")):
        fact_about(mandate, field, grade, grade=grade)
    confirm_fact(fact_about(mandate, "body_zh_hans", "decided before", grade="recalled"), evidence="Page 1.", by=editor)
    page = client.get(LIST).content.decode()
    places = [page.index(f">{value}<") for value in ("recalled", "press", "official", "decided before")]
    assert places == sorted(places)


def test_the_page_of_a_fact_says_everything_about_it(client):
    mandate = MandateFactory(name_en="Vision of 2016")
    page = client.get(url_of(fact_about(mandate))).content.decode()
    for words in (
        reverse("admin:library_mandate_change", args=[mandate.pk]),
        "Official name (English)",
        "Vision of 2016",
        "Vision 2030",
        "press or other published source",
        "China Daily, 24 October 2016.",
        "1 fact is open.",
    ):
        assert words in page


def test_confirming_needs_evidence_and_writes_the_value_with_name_and_date(client, editor):
    fact = fact_about(MandateFactory())
    assert "This field is required." in decide(client, fact, "confirm").content.decode()
    assert Fact.objects.get().status == FactStatus.OPEN
    said = decide(client, fact, "confirm", evidence="ASEAN.org, joint statement, page 2.").content.decode()
    assert "Confirmed: Official name (English)." in said
    fact = Fact.objects.get()
    assert (fact.status, fact.decided_by, fact.evidence) == (
        FactStatus.CONFIRMED,
        editor,
        "ASEAN.org, joint statement, page 2.",
    )
    assert fact.decided_at
    assert Mandate.objects.get().name_en == "Vision 2030"
    assert CatalogueItem.objects.get().texts.get(language="en").title == "Vision 2030"
    page = client.get(url_of(fact)).content.decode()
    assert "Editor" in page
    assert 'name="decision"' not in page
    words = client.get(reverse("admin:library_mandate_history", args=[fact.object_id])).content.decode()
    assert "fact confirmed" in words


def test_a_wrong_value_is_corrected_in_the_field_of_its_kind(client):
    fact = fact_about(MandateFactory(), "day", "2016-10-24")
    page = client.get(url_of(fact)).content.decode()
    assert 'value="2016-10-24"' in page
    refused = decide(client, fact, "correct", value="the autumn of 2016", evidence="Page 2.").content.decode()
    assert "Enter a valid date." in refused
    assert "the autumn of 2016" in refused
    assert "Page 2." in refused
    decide(client, fact, "correct", value="2016-09-07", evidence="Page 2.")
    fact = Fact.objects.get()
    assert (fact.status, fact.value, fact.confirmed_value) == (FactStatus.CORRECTED, "2016-10-24", "2016-09-07")
    assert Mandate.objects.get().day.isoformat() == "2016-09-07"


def test_a_record_is_chosen_by_its_name(client):
    document, mandate = DocumentFactory(slug="the-text"), MandateFactory()
    DocumentFactory(slug="another")
    fact = fact_about(mandate, "text", "another")
    page = client.get(url_of(fact)).content.decode()
    assert '<option value="another" selected>' in page
    decide(client, fact, "correct", value="the-text", evidence="Page 2.")
    assert Mandate.objects.get().text == document


def test_several_records_and_a_choice_are_chosen_from_lists(client):
    strand, first = ProgrammeStrandFactory(), MandateFactory(slug="first")
    MandateFactory(slug="second")
    decide(client, fact_about(strand, "mandates", ["second"]), "correct", value=["first"], evidence="Page 2.")
    assert list(strand.mandates.all()) == [first]
    decide(client, fact_about(strand, "kind", "network"), "correct", value="partnership", evidence="Page 2.")
    strand.refresh_from_db()
    assert strand.kind == "partnership"


def test_a_wrong_fact_is_rejected_with_its_reason_and_taken_out_of_the_record(client):
    mandate = MandateFactory(summary_en="Signed by all.")
    fact = fact_about(mandate, "summary_en", "Signed by all.", is_shown=True)
    decide(client, fact, "reject", evidence="The statement names eight.")
    assert Fact.objects.get().status == FactStatus.REJECTED
    assert not Mandate.objects.get().summary_en
    assert history(mandate).first().note == "The statement names eight."


def test_what_may_not_be_empty_is_not_rejected_and_what_was_typed_stays(client):
    mandate = MandateFactory(name_en="Vision 2030")
    fact = fact_about(mandate, is_shown=True)
    page = decide(client, fact, "reject", evidence="It is another name.").content.decode()
    assert "correct the fact instead of rejecting it" in page
    assert "It is another name." in page
    assert Fact.objects.get().status == FactStatus.OPEN


def test_a_decision_leads_on_to_the_next_open_fact_of_the_same_record(client):
    first, other = MandateFactory(), MandateFactory()
    one = fact_about(first, "name_en")
    elsewhere = fact_about(other, "name_en", grade="recalled")
    two = fact_about(first, "body_en", "Leaders")
    page = decide(client, one, "confirm", evidence="Page 2.")
    assert page.redirect_chain[-1][0] == url_of(two)
    page = decide(client, two, "confirm", evidence="Page 2.")
    assert page.redirect_chain[-1][0] == url_of(elsewhere)
    page = decide(client, elsewhere, "confirm", evidence="Page 2.")
    assert page.redirect_chain[-1][0] == url_of(elsewhere)  # the last one; nothing is left
    assert "0 facts are open." in page.content.decode()


def test_leaving_one_out_goes_down_the_queue_and_round_again(db):
    facts = [fact_about(MandateFactory(), grade=grade) for grade in ("official", "press", "recalled")]
    official, press, recalled = facts
    assert [next_open(fact) for fact in (recalled, press, official)] == [press, official, recalled]


def test_what_somebody_else_decided_is_not_decided_again(client, officer):
    fact = fact_about(MandateFactory())
    data = filled(client.get(url_of(fact)), "", evidence="Mine.")
    confirm_fact(Fact.objects.get(), evidence="Theirs.", by=officer)
    said = client.post(url_of(fact), data | {"decision": "reject"}, follow=True).content.decode()
    assert "not possible in its present state" in said
    assert Fact.objects.get().evidence == "Theirs."


def test_without_a_decision_nothing_happens(client):
    fact = fact_about(MandateFactory())
    page = decide(client, fact, "", evidence="Page 2.").content.decode()
    assert "Choose what to do: confirm, correct or reject." in page


def test_many_are_confirmed_with_one_evidence_after_a_look(client, officer):
    mandate = MandateFactory(name_en="A name")
    one, two = fact_about(mandate), fact_about(mandate, "period_to", 2030)
    confirm_fact(fact_about(mandate, "period_from", 2016), evidence="Theirs.", by=officer)
    chosen = {"action": "confirm_many", ACTION_CHECKBOX_NAME: [str(fact.pk) for fact in Fact.objects.all()]}
    page = client.post(LIST, chosen)
    text = page.content.decode()
    assert "A name – Official name (English): Vision 2030" in text
    assert "A name – Period: last year: 2030" in text
    refused = client.post(LIST, filled(page, "", confirmed="1"))
    assert "This field is required." in refused.content.decode()
    said = client.post(LIST, filled(page, "", confirmed="1", evidence="The print."), follow=True).content.decode()
    assert "2 facts confirmed." in said
    assert "1 skipped – not possible in its present state" in said
    assert [Fact.objects.get(pk=fact.pk).evidence for fact in (one, two)] == ["The print.", "The print."]
    assert Mandate.objects.get().period_to == 2030


def test_a_reader_sees_facts_and_decides_nothing(reader):
    fact, browser = fact_about(MandateFactory()), Client()
    browser.force_login(reader)
    assert 'name="decision"' not in browser.get(url_of(fact)).content.decode()
    assert browser.post(url_of(fact), {"decision": "confirm", "evidence": "x"}).status_code == 403
    browser.post(LIST, {"action": "confirm_many", ACTION_CHECKBOX_NAME: [fact.pk], "confirmed": "1", "evidence": "x"})
    assert Fact.objects.get().status == FactStatus.OPEN


@pytest.mark.parametrize("query", [{"grade__exact": "recalled"}, {"status__exact": "open"}, {"q": "China Daily"}])
def test_the_queue_is_filtered(client, query):
    fact_about(MandateFactory(), "name_en", "Shown", grade="recalled")
    confirmed = fact_about(MandateFactory(), "name_en", "Hidden")
    Fact.objects.filter(pk=confirmed.pk).update(status=FactStatus.CONFIRMED, source="Other")
    page = client.get(LIST, query).content.decode()
    assert ">Shown<" in page
    assert ">Hidden<" not in page


def test_the_queue_is_filtered_by_kind_of_record(client):
    about_mandate = fact_about(MandateFactory(), "name_en", "Of a mandate")
    fact_about(ProgrammeStrandFactory(), "name_en", "Of a strand")
    page = client.get(LIST, {"record": about_mandate.content_type_id}).content.decode()
    assert ">Of a mandate<" in page
    assert ">Of a strand<" not in page
    assert client.get(LIST, {"record": "nonsense"}).status_code == 200


def test_a_fact_whose_record_or_field_is_gone_is_still_shown(client):
    mandate = MandateFactory()
    fact, odd = fact_about(mandate), fact_about(mandate, "body_en", "x")
    Fact.objects.filter(pk=odd.pk).update(field="nonsense")
    assert client.get(url_of(odd)).status_code == 200
    Mandate.objects.filter(pk=mandate.pk).delete()
    assert "no longer there" in client.get(url_of(fact)).content.decode()
    assert "no longer there" in client.get(LIST).content.decode()
    said = decide(client, fact, "confirm", evidence="Page 2.").content.decode()
    assert "The record that this is about no longer exists." in said
    decide(client, fact, "reject", evidence="It is gone.")
    assert Fact.objects.get(pk=fact.pk).status == FactStatus.REJECTED


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_number_of_queries_whatever_its_length(client, count, django_assert_num_queries):
    for _ in range(count):
        fact_about(MandateFactory())
        fact_about(ProgrammeStrandFactory())
    client.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(LIST)
