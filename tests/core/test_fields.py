"""Fields: what is encrypted does not lie readable, what is HTML is clean before it is stored."""

import pytest
from cryptography.fernet import InvalidToken
from django.db import connection
from django.utils import translation

from forums.models import Event
from portal.mail.models import OutboxMessage
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db


def stored(model, column: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {model._meta.db_table}")
        return cursor.fetchone()[0]


@pytest.fixture
def message():
    return OutboxMessage.objects.create(kind="code", dedupe_key="x", language="en", secret="ABC-123 密码")


def test_an_encrypted_field_is_readable_for_us_alone(message):
    assert OutboxMessage.objects.get().secret == "ABC-123 密码"
    assert "ABC" not in stored(OutboxMessage, "secret")


def test_an_empty_secret_stays_empty(message):
    message.secret = ""
    message.save(update_fields=["secret"])
    assert stored(OutboxMessage, "secret") == ""


def test_keys_rotate_and_a_lost_key_is_an_error(settings, message):
    old = settings.FIELD_KEYS
    settings.FIELD_KEYS = ["another key", *old]
    assert OutboxMessage.objects.get().secret == "ABC-123 密码"
    message.save(update_fields=["secret"])
    settings.FIELD_KEYS = ["another key"]
    assert OutboxMessage.objects.get().secret == "ABC-123 密码"
    settings.FIELD_KEYS = old
    with pytest.raises(InvalidToken):
        OutboxMessage.objects.get()


def test_html_is_cleaned_in_every_language_before_it_is_stored():
    event = EventFactory(summary_en="<p onclick=x>One</p>", summary_zh_hans="<p>一</p><script>x</script>")
    assert (event.summary_en, event.summary_zh_hans) == ("<p>One</p>", "<p>一</p>")
    event.refresh_from_db()
    assert (event.summary_en, event.summary_zh_hans) == ("<p>One</p>", "<p>一</p>")


def test_saving_in_a_language_without_text_copies_no_other_language_into_it():
    event = EventFactory(summary_en="<p>One</p>")
    with translation.override("zh-hans"):
        event.save()
    event = Event.objects.get()
    assert event.summary_en == "<p>One</p>"
    assert not event.summary_zh_hans
