import json

import pytest
from django.conf import settings

from portal.core.audit import history
from portal.mail.forms import TemplateForm, text_field_names
from portal.mail.models import MessageTemplate, MessageText, ReminderRule
from portal.mail.registry import default_texts, kinds
from portal.mail.services.templates import (
    copy_scope,
    load_default_texts,
    make_own_wording,
    reset_wording,
    wording_of,
)
from portal.mail.wording import placeholders_in, unknown_placeholders
from tests.mail.conftest import TEXTS

pytestmark = pytest.mark.django_db
SHIPPED = json.loads(TEXTS.read_text())["test.letter"]


def test_default_texts_are_written_once_and_an_edited_one_is_kept(world):
    assert load_default_texts() > 3
    MessageText.objects.filter(template__kind="test.letter", language="en").update(subject="Edited")
    MessageText.objects.filter(template__kind="test.letter", language="zh-hans").delete()
    assert load_default_texts() == 1
    assert load_default_texts() == 0
    assert wording_of("test.letter", "")["en"]["subject"] == "Edited"


def test_own_wording_begins_with_what_the_event_uses_now(world, officer):
    load_default_texts()
    MessageText.objects.filter(template__kind="test.letter", language="en").update(subject="Edited")
    template = make_own_wording("test.letter", "fair:1", by=officer)
    assert make_own_wording("test.letter", "fair:1", by=officer) == template
    assert wording_of("test.letter", "fair:1")["en"]["subject"] == "Edited"
    assert wording_of("test.letter", "fair:1")["zh-hans"] == SHIPPED["zh-hans"]
    assert history(template).get().action == "own_wording"


def test_reset_goes_back_to_the_wording_above(world, officer):
    load_default_texts()
    house = MessageTemplate.objects.get(kind="test.letter")
    house.texts.update(subject="House")
    own = make_own_wording("test.letter", "fair:1", by=officer)
    own.texts.update(subject="Own")
    assert reset_wording(own, by=officer) is None
    assert wording_of("test.letter", "fair:1")["en"]["subject"] == "House"
    assert reset_wording(house, by=officer) == house
    assert wording_of("test.letter", "fair:1") == SHIPPED


def test_a_copied_event_takes_its_wording_and_rules_along(world, officer):
    load_default_texts()
    make_own_wording("test.letter", "fair:1", by=officer)
    MessageText.objects.filter(template__scope="fair:1").update(subject="Own")
    MessageTemplate.objects.filter(scope="fair:1").update(hold_for_release=True)
    ReminderRule.objects.create(
        scope="fair:1", audience="all", anchor="day", offset_hours=-24, kind="test.letter", is_active=False
    )
    copy_scope("fair:1", "fair:2")
    assert wording_of("test.letter", "fair:2")["en"]["subject"] == "Own"
    assert MessageTemplate.objects.get(scope="fair:2").hold_for_release
    assert ReminderRule.objects.filter(scope="fair:1").count() == 1
    copied = ReminderRule.objects.get(scope="fair:2")
    assert (copied.offset_hours, copied.is_active) == (-24, False)


@pytest.mark.parametrize("kind", [kind for kind in kinds() if default_texts(kind.code)], ids=lambda kind: kind.code)
def test_every_shipped_wording_stands_in_every_language_and_passes_its_own_check(kind):
    texts = default_texts(kind.code)
    assert set(texts) == {code for code, _ in settings.LANGUAGES}
    for wording in texts.values():
        assert unknown_placeholders(wording.values(), kind.placeholders) == []
        assert kind.required <= placeholders_in(wording["body"])


def test_the_form_has_a_field_for_every_language():
    assert {name for code, _ in settings.LANGUAGES for name in text_field_names(code)} <= set(TemplateForm.base_fields)
