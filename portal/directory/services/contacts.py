"""People of the directory: made, changed, tagged, retired; and the key they are found by."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models, transaction

from portal.core.audit import changed_fields, log
from portal.core.folding import fold
from portal.directory.models import Contact, Tag
from portal.directory.services.organisations import names_of, search_key


def index_contact(contact: Contact) -> None:
    """Write the search key of ``contact``: its names, its address and the names of its organisation."""
    organisation = names_of(contact.organisation) if contact.organisation else []
    key = search_key([contact.full_name, contact.native_name, contact.email, *organisation])
    if key != contact.search_key:
        contact.search_key = key
        Contact.objects.filter(pk=contact.pk).update(search_key=key)


@transaction.atomic
def create_contact(values: Mapping[str, Any], *, by: Any, tags: Iterable[str] = (), note: str = "") -> Contact:
    """A new contact from ``values`` (field names to values): stored, tagged, made findable, logged."""
    contact = Contact.objects.create(**values)
    contact.tags.add(*_tags(tags))
    index_contact(contact)
    log(contact, "added", by=by, changes={name: ["", value] for name, value in values.items()}, note=note)
    return contact


@transaction.atomic
def update_contact(
    contact: Contact, values: Mapping[str, Any], *, by: Any, tags: Iterable[str] = (), note: str = ""
) -> list[str]:
    """Set ``values`` on ``contact`` and add ``tags``: saved, made findable, logged. Gives the names that changed."""
    old = Contact.objects.get(pk=contact.pk)
    for name, value in values.items():
        setattr(contact, name, value)
    changes = changed_fields(old, contact, list(values))
    if changes:
        contact.save(update_fields=list(changes))
        index_contact(contact)
    new_tags = [tag for tag in _tags(tags) if not contact.tags.filter(pk=tag.pk).exists()]
    if new_tags:
        contact.tags.add(*new_tags)
        changes["tags"] = ["", ", ".join(tag.name for tag in new_tags)]
    if changes:
        log(contact, "changed", by=by, changes=changes, note=note)
    return list(changes)


@transaction.atomic
def tag_contacts(contacts: Iterable[Contact], tag: Tag, *, by: Any, remove: bool = False) -> int:
    """Put ``tag`` on the contacts, or take it off; each change is logged. Gives how many changed."""
    bearers = set(tag.contacts.values_list("pk", flat=True))
    changed = [contact for contact in contacts if (contact.pk in bearers) == remove]
    for contact in changed:
        contact.tags.remove(tag) if remove else contact.tags.add(tag)
        log(contact, "tag removed" if remove else "tag added", by=by, note=tag.name)
    return len(changed)


@transaction.atomic
def set_active(contact: Contact, *, is_active: bool, by: Any) -> bool:
    """Retire a contact or bring it back, logged. False when it was so already."""
    changed = Contact.objects.filter(pk=contact.pk).exclude(is_active=is_active).update(is_active=is_active)
    if changed:
        contact.is_active = is_active
        log(
            contact,
            "activated" if is_active else "deactivated",
            by=by,
            changes={"is_active": [not is_active, is_active]},
        )
    return bool(changed)


def possible_duplicates(full_name: str, *, email: str = "", organisation: Any = None) -> models.QuerySet[Contact]:
    """Contacts that may be this person: the same name (accents and case aside), or the same address."""
    same_name = Contact.objects.named(full_name)
    if organisation is not None:
        same_name = same_name.filter(models.Q(organisation=organisation) | models.Q(organisation__isnull=True))
    same_address = Contact.objects.filter(email__iexact=email) if email else Contact.objects.none()
    return (same_name | same_address).distinct()


def same_name(contact: Contact, full_name: str) -> bool:
    """Whether ``full_name`` is a name of ``contact``, whatever its case and accents."""
    return fold(full_name) in {fold(name) for name in (contact.full_name, contact.native_name) if name}


def _tags(names: Iterable[str]) -> list[Tag]:
    return [Tag.objects.get_or_create(name=name[:50])[0] for name in dict.fromkeys(names) if name]
