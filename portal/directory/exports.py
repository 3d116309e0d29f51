"""What a list of contacts looks like when it leaves the house. Our own import reads it back."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from portal.directory.models import Contact
from portal.directory.services.imports.columns import HEADINGS

CONTACT_COLUMNS = [(code, heading) for code, heading in HEADINGS.items() if code != "position"]


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
