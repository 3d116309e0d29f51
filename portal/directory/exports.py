"""What a list of contacts looks like when it leaves the house. Our own import reads it back."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.directory.models import Contact

CONTACT_COLUMNS = [
    ("full_name", _("Full name")),
    ("title", _("Title")),
    ("family_name", _("Family name")),
    ("given_names", _("Given names")),
    ("native_name", _("Native name")),
    ("position_en", _("Position in English")),
    ("position_zh", _("Position in Chinese")),
    ("department", _("Department")),
    ("organisation", _("Organisation")),
    ("country", _("Country")),
    ("email", _("E-mail")),
    ("phone", _("Phone")),
    ("messenger", _("Messenger")),
    ("assistant_name", _("Assistant")),
    ("assistant_email", _("Assistant’s e-mail")),
    ("language", _("Language")),
    ("tags", _("Tags")),
    ("no_automatic_mail", _("No automatic mail")),
]


def contact_rows(contacts: QuerySet[Contact]) -> Iterator[dict[str, Any]]:
    """One mapping a contact, taken from the database in portions."""
    people = contacts.select_related("organisation", "country").prefetch_related("tags")
    plain = ("full_name", "title", "family_name", "given_names", "native_name", "email", "phone", "messenger")
    for contact in people.iterator(chunk_size=500):
        yield {
            **{name: getattr(contact, name) for name in plain},
            "position_en": contact.position_en,
            "position_zh": contact.position_zh_hans,
            "department": contact.department,
            "organisation": str(contact.organisation or ""),
            "country": str(contact.country or ""),
            "assistant_name": contact.assistant_name,
            "assistant_email": contact.assistant_email,
            "language": contact.language,
            "tags": "; ".join(tag.name for tag in contact.tags.all()),
            "no_automatic_mail": contact.no_automatic_mail,
        }
