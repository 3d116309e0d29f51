"""The index stays in step with the catalogue, whatever changes it."""

from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from portal.library.kinds import Entry, Text, kind_of
from portal.library.models import CatalogueItem, Document, SearchDocument, SearchTerm
from portal.library.search.index import MOST_TOKENS, index_item, line_of
from portal.library.search.query import search
from portal.library.services.catalogue import enter, item_of, withdraw
from portal.library.services.reindexing import reindex_all
from tests.library.search.catalogue import found
from tests.library_factories import DocumentFactory, MandateFactory, ProgrammeStrandFactory

pytestmark = pytest.mark.django_db


def document(**values: object) -> Document:
    return DocumentFactory(slug="coast", languages=[], is_public=True, **values)


def entry_of(obj: Document) -> tuple[CatalogueItem, Entry]:
    item = item_of(obj)
    assert item is not None
    return item, kind_of(obj).describe(obj)


def test_a_changed_text_is_found_by_its_new_words_only() -> None:
    changed = document(title_en="Coral reefs")
    changed.title_en = "Seagrass meadows"
    changed.save()
    enter(changed)
    assert found("seagrass") == ["coast"]
    assert found("coral") == []


def test_a_deleted_item_leaves_nothing_in_the_index() -> None:
    gone = document(title_en="Coral reefs")
    withdraw(gone)
    DocumentFactory(title_en="Other", is_public=True)
    assert found("coral") == []
    assert not SearchTerm.objects.filter(term="coral").exists()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO library_search (library_search, rank) VALUES ('integrity-check', 1)")
            cursor.execute("SELECT count(*) FROM library_search WHERE library_search MATCH 'coral'")
        else:
            cursor.execute("SELECT count(*) FROM library_searchdocument WHERE vector @@ 'coral'")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db(transaction=True)
def test_emptying_the_tables_empties_the_index() -> None:
    document(title_en="Coral reefs")
    call_command("flush", interactive=False, verbosity=0)
    document(title_en="Seagrass meadows")
    assert found("coral") == []
    assert found("seagrass") == ["coast"]


def test_the_body_is_found_without_its_tags() -> None:
    item, entry = entry_of(document(title_en="Coral reefs"))
    body = "<p class='wide'>红<b>树</b>林 of the <em>delta</em>s</p>"
    index_item(item, replace(entry, texts={"en": Text("Coral reefs", "", body)}))
    assert found("红树林 deltas") == ["coast"]
    assert found("wide") == []


def test_further_words_are_found_like_a_title() -> None:
    ProgrammeStrandFactory(slug="named", name_en="Envoys", summary_en="Reef keepers", is_public=True)
    item, entry = entry_of(document(title_en="Coral", summary_en="Of a keeper", day=date(2024, 1, 1)))
    index_item(item, replace(entry, words=["Reef keeper"]))
    assert found("reef keepers") == ["coast", "named"]


def test_nothing_is_written_when_no_word_changed(django_assert_num_queries) -> None:
    item, entry = entry_of(document(title_en="Coral reefs"))
    with django_assert_num_queries(1):
        index_item(item, entry)


def test_a_text_of_any_length_is_indexed_as_far_as_the_databases_go() -> None:
    item, entry = entry_of(document(title_en="Coral reefs"))
    body = "".join(chr(0x4E00 + n * 7919 % 20_000) for n in range(60_000))
    index_item(item, replace(entry, texts={"en": Text("Coral reefs", body, body)}))
    assert len(line_of(body).split()) == MOST_TOKENS
    assert found(body[:30]) == ["coast"]


def test_reindexing_makes_good_what_is_missing_and_changes_no_entry() -> None:
    things = [document(title_en="Coral reefs"), MandateFactory(is_public=True), ProgrammeStrandFactory(is_public=True)]
    CatalogueItem.objects.filter(pk=entry_of(things[0])[0].pk).update(updated_at="2020-01-01T00:00Z")
    SearchDocument.objects.all().delete()
    SearchTerm.objects.all().delete()
    withdraw(things[1])
    assert found("coral") == []
    assert reindex_all() == reindex_all() == 3
    assert found("coral") == ["coast"]
    assert SearchDocument.objects.count() == CatalogueItem.objects.count() == 3
    assert CatalogueItem.objects.get(address="results/documents/coast/").updated_at.year == 2020


def test_the_command_tells_what_it_indexed() -> None:
    document(title_en="Coral reefs")
    out = StringIO()
    call_command("reindex_catalogue", stdout=out)
    call_command("reindex_catalogue", stdout=out)
    assert out.getvalue().count("document: 1 indexed") == 2
    assert search("coral", CatalogueItem.objects.public()).items.count() == 1
