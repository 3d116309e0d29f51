import pytest
from django.core.files.base import ContentFile

from portal.core.models import StoredFile
from portal.mail.models import MessageTemplate, MessageText, OutboxMessage
from portal.mail.registry import Attachment, Recipient
from portal.mail.services.render import masked, preview, render
from portal.mail.wording import WordingError
from tests.factories import ContactFactory, CountryFactory
from tests.mail.conftest import TOKEN_LINK

CHINA = {"code": "CN", "name_en": "China", "party": "china", "time_zones": ["Asia/Shanghai"]}


def own_wording(scope: str, language: str, subject: str, body: str = "{link}") -> None:
    template, _ = MessageTemplate.objects.get_or_create(kind="test.letter", scope=scope)
    MessageText.objects.create(template=template, language=language, subject=subject, body=body)


def test_a_contact_in_china_is_written_to_in_chinese(write):
    rendered = render(write(ContactFactory(full_name="王伟", country=CountryFactory(**CHINA))))
    assert (rendered.subject, rendered.language) == ("致王伟", "zh-hans")
    assert '<html lang="zh-hans">' in rendered.html


def test_the_choice_of_a_person_counts_before_their_country(write):
    assert render(write(ContactFactory(language="zh-hans"))).language == "zh-hans"


def test_a_language_without_wording_falls_back_to_english(write, contact):
    message = write(contact, kind="test.code", secret="314159")
    message.language = "zh-hans"
    assert render(message).text == "The code is 314159."


def test_the_scope_wording_comes_before_the_house_and_the_house_before_the_shipped_one(write, contact):
    message = write(contact, scope="fair:1")
    assert render(message).subject == "For Somchai Jaidee"
    own_wording("", "en", "House")
    assert render(message).subject == "House"
    own_wording("fair:1", "en", "Fair")
    assert render(message).subject == "Fair"


def test_text_and_html_say_the_same(write, contact):
    rendered = render(write(contact))
    assert rendered.text == f"Dear Somchai Jaidee,\n\nPlease open:\n{TOKEN_LINK}\n\nThe office"
    assert f'<a href="{TOKEN_LINK}">{TOKEN_LINK}</a>' in rendered.html
    assert "<img" not in rendered.html


def test_a_preview_is_what_is_sent(write, contact, world):
    world.files = [Attachment("a.txt", "text/plain", b"a")]
    seen = preview("test.letter", contact, Recipient.from_contact(contact))
    assert seen == render(write(contact))
    assert OutboxMessage.objects.count() == 1


def test_a_preview_of_an_unsaved_text_uses_it(world, contact):
    texts = {"subject": "New {name}", "body": "{link}"}
    seen = preview("test.letter", contact, Recipient.from_contact(contact), texts=texts, language="zh-hans")
    assert (seen.subject, seen.language) == ("New Somchai Jaidee", "zh-hans")


def test_a_preview_without_an_object_names_the_placeholders(world, contact):
    assert preview("test.letter", None, Recipient.from_contact(contact)).subject == "For ‹the name›"


def test_a_text_that_cannot_be_filled_in_is_refused(write, contact):
    own_wording("", "en", "Hello {foo}")
    with pytest.raises(WordingError, match=r"no value for \{foo\}"):
        render(write(contact))


def test_a_message_about_something_deleted_is_refused(write, contact):
    message = write(contact)
    contact.delete()
    with pytest.raises(WordingError, match="no longer exists"):
        render(OutboxMessage.objects.get(pk=message.pk))


def test_stored_files_go_with_the_message(write, contact):
    stored = StoredFile(name="note.pdf", content_type="application/pdf", size=3, sha256="x", purpose="test")
    stored.file.save("note.pdf", ContentFile(b"pdf"))
    assert render(write(contact, attachments=[stored])).attachments == [
        Attachment("note.pdf", "application/pdf", b"pdf")
    ]


def test_masking_hides_links_and_codes():
    assert masked(f"{TOKEN_LINK} 314159", "314159") == ("https://portal.example/en/invitations/abcdefghjkmn.…/ ••••••")
