"""Collecting texts, compiling catalogues, and the check that no text is left in English."""

import gettext
import io
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

CODE = """
from django.utils.translation import gettext, gettext_lazy as _, ngettext, pgettext as in_context
from django.utils import translation

A = _("Lazy text")
B = gettext("Plain text in "
            "two pieces")
C = ngettext("%(count)s seat", "%(count)s seats", 2)
D = in_context("month", "May")
E = translation.gettext("By module")
"""
TEMPLATE = """{% load i18n %}
  {% translate "In a tag" %} {% translate "May" context "verb" %}
  <p title="{% translate 'In an attribute' %}">(un)even "
    {% blocktranslate trimmed %}
      Two lines
      of {{ name }}
    {% endblocktranslate %}
 {% blocktranslate trimmed count n=total %}One person{% plural %}{{ n }} persons{% endblocktranslate %}
{% include "x.html" with title=_("As a value") %}
"""
EXPECTED = {
    (None, "Lazy text"),
    (None, "Plain text in two pieces"),
    (None, "%(count)s seat"),
    ("month", "May"),
    (None, "By module"),
    (None, "In a tag"),
    ("verb", "May"),
    (None, "In an attribute"),
    (None, "Two lines of %(name)s"),
    (None, "One person"),
    (None, "As a value"),
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("wing", "tests"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("")
    (tmp_path / "wing" / "texts.py").write_text(CODE)
    (tmp_path / "tests" / "texts.py").write_text(CODE.replace("Lazy", "Only tested"))
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    # The theme's texts would be the same in every test.
    monkeypatch.setattr("portal.core.catalogues.sources.BORROWED", "")
    return tmp_path


@pytest.fixture
def catalogue(root: Path) -> Path:
    call_command("translations", "update", root=root, stdout=io.StringIO())
    return root / "locale/zh_Hans/LC_MESSAGES/django.po"


def translate(catalogue: Path) -> None:
    """Give every text a translation: its own words in brackets, with the placeholders of its last form."""
    lines = []
    shown = ""
    for line in catalogue.read_text().split("\n\n", 1)[1].splitlines():
        if line.startswith("msgid"):
            shown = line.split('"', 1)[1].rstrip('"')
        lines.append(line.replace('""', f'"「{shown}」"') if line.startswith("msgstr") else line)
    catalogue.write_text(catalogue.read_text().split("\n\n", 1)[0] + "\n\n" + "\n".join(lines) + "\n")


def check(root: Path) -> list[str]:
    """The lines that the check complains with."""
    errors = io.StringIO()
    try:
        call_command("translations", "check", root=root, stdout=io.StringIO(), stderr=errors)
    except CommandError:
        return errors.getvalue().splitlines()
    return []


def test_every_way_to_mark_a_text_is_found_and_tests_are_not_read(root, catalogue) -> None:
    lines = check(root)
    found = {line.split("empty: ")[1] for line in lines}
    assert found == {f"[{context}] {text!r}" if context else repr(text) for context, text in EXPECTED}


def test_a_second_update_changes_no_byte_and_names_no_line_or_date(root, catalogue) -> None:
    before = catalogue.read_text()
    call_command("translations", "update", root=root, stdout=io.StringIO())
    assert catalogue.read_text() == before
    assert "#:" not in before
    assert "Date" not in before


def test_a_translated_catalogue_passes_and_keeps_its_translations_at_the_next_update(root, catalogue) -> None:
    translate(catalogue)
    assert check(root) == []
    with (root / "wing" / "texts.py").open("a") as file:
        file.write('F = _("New text")\n')
    said = io.StringIO()
    call_command("translations", "update", root=root, stdout=said)
    assert "1 new, 0 gone" in said.getvalue()
    assert check(root) == ["locale/zh_Hans/LC_MESSAGES/django.po: empty: 'New text'"]


def test_a_text_that_the_catalogue_has_never_seen_is_missing(root, catalogue) -> None:
    translate(catalogue)
    with (root / "wing" / "texts.py").open("a") as file:
        file.write('F = _("New text")\n')
    assert check(root) == ["locale/zh_Hans/LC_MESSAGES/django.po: missing: 'New text'"]


def test_no_catalogue_at_all_means_that_every_text_is_missing(root) -> None:
    assert len(check(root)) == len(EXPECTED)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"「Two lines of %(name)s」"', '"「Two lines」"', "other placeholders: 'Two lines of %(name)s'"),
        ('"「%(count)s seats」"', '"「%(number)s seats」"', "other placeholders: '%(count)s seat'"),
        ('"「Lazy text」"', '"「%(name)s」"', "other placeholders: 'Lazy text'"),
        ('msgid "Lazy text"', '#, fuzzy\nmsgid "Lazy text"', "fuzzy: 'Lazy text'"),
        ('"「Lazy text」"', '""', "empty: 'Lazy text'"),
    ],
)
def test_a_fault_in_a_translation_is_named(root, catalogue, old, new, fault) -> None:
    translate(catalogue)
    text = catalogue.read_text()
    assert text.count(old) == 1
    catalogue.write_text(text.replace(old, new))
    assert check(root) == [f"locale/zh_Hans/LC_MESSAGES/django.po: {fault}"]


def test_a_text_that_is_used_no_more_is_named_and_leaves_with_the_next_update(root, catalogue) -> None:
    translate(catalogue)
    (root / "templates" / "page.html").write_text(TEMPLATE.replace('{% translate "In a tag" %}', ""))
    assert check(root) == ["locale/zh_Hans/LC_MESSAGES/django.po: not used any more: 'In a tag'"]
    call_command("translations", "update", root=root, stdout=io.StringIO())
    assert check(root) == []


def test_compiling_makes_a_catalogue_that_gettext_reads_and_skips_one_that_is_fresh(root, catalogue) -> None:
    translate(catalogue)
    said = io.StringIO()
    call_command("translations", "compile", root=root, stdout=said)
    call_command("translations", "compile", root=root, stdout=said)
    assert said.getvalue().count("compiled") == 1
    chinese = gettext.translation("django", str(root / "locale"), ["zh_Hans"])
    assert chinese.gettext("Lazy text") == "「Lazy text」"
    assert chinese.ngettext("%(count)s seat", "%(count)s seats", 1) == "「%(count)s seats」"
    assert chinese.pgettext("month", "May") == "「May」"
    later = catalogue.stat().st_mtime + 10
    os.utime(catalogue, (later, later))
    call_command("translations", "compile", root=root, stdout=said)
    assert said.getvalue().count("compiled") == 2


def test_texts_of_the_admins_theme_are_collected_unless_django_has_them(root, monkeypatch) -> None:
    monkeypatch.setattr("portal.core.catalogues.sources.BORROWED", "unfold")
    lines = check(root)
    assert any("'Search apps and models...'" in line for line in lines)
    assert not any(line.endswith("'Delete'") for line in lines)
