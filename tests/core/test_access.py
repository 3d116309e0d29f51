"""What somebody may not see does not exist for them."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from forums.models import Event
from portal.core.access import get_visible_or_404
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db


def test_a_visible_object_is_found(officer):
    draft, announced = EventFactory(status="draft"), EventFactory()
    assert get_visible_or_404(Event.objects.all(), officer, slug=draft.slug) == draft
    assert get_visible_or_404(Event.objects.all(), AnonymousUser(), slug=announced.slug) == announced


@pytest.mark.parametrize("who", ["anonymous", "nobody", "delegate"])
def test_a_hidden_object_and_one_that_is_not_there_answer_alike(who, delegate):
    user = {"anonymous": AnonymousUser(), "nobody": None, "delegate": delegate}[who]
    draft = EventFactory(status="draft")
    for slug in (draft.slug, "nothing"):
        with pytest.raises(Http404) as raised:
            get_visible_or_404(Event.objects.all(), user, slug=slug)
        assert str(raised.value) == ""
