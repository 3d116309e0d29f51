"""What the directory knows already, read once for a whole sheet."""

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from portal.core.folding import fold
from portal.directory.models import Contact, Country, Organisation

SPELLINGS = Path(__file__).resolve().parents[2] / "data" / "country_spellings.json"


class Person(NamedTuple):
    """As much of a contact as it takes to recognise one."""

    pk: int
    names: frozenset[str]
    email: str
    organisation_id: int | None


class Known:
    """Countries by every spelling, organisations by every name, people by name and by address."""

    def __init__(self) -> None:
        self._countries = _countries()
        self._organisations: dict[str, list[tuple[int, int | None]]] = defaultdict(list)
        for pk, key, country_id in Organisation.objects.order_by("pk").values_list("pk", "search_key", "country_id"):
            for name in key.split("\n"):
                self._organisations[name].append((pk, country_id))
        self._by_name: dict[str, list[Person]] = defaultdict(list)
        self._by_email: dict[str, list[Person]] = defaultdict(list)
        fields = ("pk", "full_name", "native_name", "email", "organisation_id")
        for pk, full_name, native_name, email, organisation_id in Contact.objects.order_by("pk").values_list(*fields):
            names = frozenset(fold(name) for name in (full_name, native_name) if name)
            person = Person(pk, names, email.casefold(), organisation_id)
            for name in names:
                self._by_name[name].append(person)
            if email:
                self._by_email[person.email].append(person)

    def country_id(self, text: str) -> int | None:
        return self._countries.get(fold(text))

    def organisation_ids(self, name: str, country_id: int | None) -> list[int]:
        """Organisations of that name: those of the country, else those of no country; without a country, all."""
        found = self._organisations.get(fold(name), []) if name else []
        if country_id is None:
            return [pk for pk, _country in found]
        own = [pk for pk, country in found if country == country_id]
        return own or [pk for pk, country in found if country is None]

    def named(self, names: Iterable[str]) -> list[Person]:
        return list(dict.fromkeys(person for name in names for person in self._by_name.get(fold(name), []) if name))

    def addressed(self, email: str) -> list[Person]:
        return self._by_email.get(email.casefold(), []) if email else []


def _countries() -> dict[str, int]:
    spellings: dict[str, list[str]] = json.loads(SPELLINGS.read_text(encoding="utf-8"))
    found = {}
    for country in Country.objects.all():
        names = [country.name_en, country.name_zh_hans, country.formal_name_en, country.formal_name_zh_hans]
        for name in [*spellings.get(country.code, []), *names, country.code3, country.code]:
            if name:
                found[fold(name)] = country.pk
    return found
