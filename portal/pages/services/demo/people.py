"""The people of the demonstration: names of every kind from the 12 parties, on .example addresses."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from portal.directory.models import Contact, Country, Organisation, Tag
from portal.directory.services.contacts import create_contact
from portal.directory.services.organisations import create_organisation, names_of, search_key

DATA = Path(__file__).resolve().parents[2] / "data" / "demo.json"
PEOPLE_PER_SET = 48
TAG = "demonstration / 演示"
BY = "demonstration"


@cache
def demo_data() -> dict[str, Any]:
    """The file that describes the demonstration."""
    data: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return data


@transaction.atomic
def make_people(number: int) -> tuple[list[Contact], int]:
    """The people of set ``number`` (from 0) in order, and how many of them are new.

    The first set is made person by person with its history, the others in bulk.
    """
    organisations = _organisations()
    wanted = [_person(index, organisations) for index in range(number * PEOPLE_PER_SET, (number + 1) * PEOPLE_PER_SET)]
    emails = [values["email"] for values in wanted]
    missing = set(emails) - set(Contact.objects.filter(email__in=emails).values_list("email", flat=True))
    new = [values for values in wanted if values["email"] in missing]
    if number == 0:
        for values in new:
            create_contact(values, by=BY, tags=[TAG])
    else:
        _create_in_bulk(new)
    people = Contact.objects.filter(email__in=emails).select_related("country", "organisation").order_by("email")
    return list(people), len(new)


def _create_in_bulk(people: list[dict[str, Any]]) -> None:
    contacts = [Contact(**values, search_key=_key(values)) for values in people]
    Contact.objects.bulk_create(contacts)
    tag, _made = Tag.objects.get_or_create(name=TAG)
    through = Contact.tags.through
    through._default_manager.bulk_create(through(contact_id=contact.pk, tag_id=tag.pk) for contact in contacts)


def _key(values: dict[str, Any]) -> str:
    return search_key([values["full_name"], values["native_name"], values["email"], *names_of(values["organisation"])])


def _person(index: int, organisations: list[Organisation]) -> dict[str, Any]:
    """Person ``index`` of the demonstration; countries take turns, so every set holds all of them."""
    data = demo_data()
    codes = list(data["people"])
    code, turn = codes[index % len(codes)], index // len(codes)
    names = data["people"][code]
    full_name, native_name, title = names[turn % len(names)]
    position_en, position_zh = data["positions"][index % len(data["positions"])]
    own = [organisation for organisation in organisations if organisation.country and organisation.country.code == code]
    return {
        "full_name": full_name if turn < len(names) else f"{full_name} {turn // len(names) + 1}",
        "native_name": native_name,
        "title": title,
        "position_en": position_en,
        "position_zh_hans": position_zh,
        "organisation": own[turn % len(own)],
        "country": own[0].country,
        "email": f"demo-{index:06d}@{code.lower()}.example",
        "phone": f"+000 {index:06d}",
        "assistant_name": "Demonstration Assistant" if index % 9 == 0 else "",
        "assistant_email": f"assistant-{index:06d}@{code.lower()}.example" if index % 9 == 0 else "",
        "no_automatic_mail": index % 24 == 0,
    }


def _organisations() -> list[Organisation]:
    known = {str(o.slug): o for o in Organisation.objects.filter(slug__startswith="demo-").select_related("country")}
    for country in Country.objects.parties():
        for form in demo_data()["organisations"]:
            slug = f"demo-{form['host']}-{country.code.lower()}"
            if slug not in known:
                values = {
                    "slug": slug,
                    "kind": form["kind"],
                    "country": country,
                    "name_en": form["name_en"].format(country=country.name_en),
                    "name_zh_hans": form["name_zh_hans"].format(country=country.name_zh_hans),
                    "source": BY,
                }
                known[slug] = create_organisation(values, by=BY)
    return [known[slug] for slug in sorted(known)]
