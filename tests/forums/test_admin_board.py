"""The board of an event, its participants on a page and as a spreadsheet."""

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from forums.admin.board import make_board
from forums.models import Event
from portal.core.audit import history
from tests.factories import (
    CategoryFactory,
    ContactFactory,
    CountryFactory,
    EventFactory,
    InvitationFactory,
    OrganisationFactory,
    RegistrationFactory,
)

BOARD_QUERIES = 3


@pytest.fixture
def event(db) -> Event:
    found = EventFactory()
    CategoryFactory(event=found)
    return found


def thailand():
    return CountryFactory(code="TH", name_en="Thailand", party="member", order_members_then_china=9)


def china():
    return CountryFactory(code="CN", name_en="China", party="china", order_members_then_china=12)


def brunei():
    return CountryFactory(code="BN", name_en="Brunei Darussalam", party="member", order_members_then_china=1)


def numbers(event: Event) -> dict[str, list[int]]:
    rows, total = make_board(event)
    return {str(row.label): [cell.count for cell in row.cells] for row in [*rows, total]}


def test_the_board_counts_answers_by_country_in_protocol_order(event):
    category = event.categories.get()
    china(), brunei()
    for status in ("pending", "accepted", "declined", "withdrawn"):
        InvitationFactory(category=category, event=event, contact=ContactFactory(country=thailand()), status=status)
    InvitationFactory(category=category, event=event, contact=ContactFactory(country=None))
    for status in ("draft", "pending", "waitlisted", "confirmed", "confirmed", "cancelled"):
        RegistrationFactory(category=category, event=event, country=china(), status=status)
    assert list(numbers(event)) == ["Brunei Darussalam", "Thailand", "China", "no country", "All"]
    assert numbers(event)["Thailand"] == [3, 1, 1, 1, 0, 0, 0, 0, 0]
    assert numbers(event)["China"] == [0, 0, 0, 0, 0, 1, 1, 1, 2]
    assert numbers(event)["All"] == [4, 2, 1, 1, 0, 1, 1, 1, 2]


@pytest.mark.parametrize("count", [1, 3])
def test_the_board_takes_the_same_number_of_queries_whatever_it_counts(event, count, django_assert_num_queries):
    for number in range(count):
        country = CountryFactory(code=f"X{number}", name_en=f"Country {number}")
        category = event.categories.get()
        InvitationFactory(category=category, event=event, contact=ContactFactory(country=country))
        RegistrationFactory(category=category, event=event, country=country)
    with django_assert_num_queries(BOARD_QUERIES):
        make_board(event)


def test_each_number_leads_to_the_people_it_counts(client, officer, event):
    category = event.categories.get()
    country = thailand()
    InvitationFactory(category=category, event=event, contact=ContactFactory(country=country))
    InvitationFactory(category=category, event=event, contact=ContactFactory(country=china()))
    InvitationFactory(contact=ContactFactory(country=country))
    RegistrationFactory(category=category, event=event, country=country, status="confirmed")
    client.force_login(officer)
    assert client.get(reverse("admin:forums_event_board", args=[event.pk])).status_code == 200
    for row in make_board(event)[0]:
        for cell in row.cells:
            assert len(client.get(cell.url).context["cl"].result_list) == cell.count, cell.url


def test_bodies_follow_the_countries_and_the_office_stands_last(client, desk, event):
    kinds = ("office", "media", "international", "asean", "ministry")
    for kind in kinds:
        organisation = OrganisationFactory(kind=kind, country=thailand())
        RegistrationFactory(
            category=event.categories.get(), country=thailand(), organisation=organisation, full_name=kind,
            status="confirmed",
        )  # fmt: skip
    stranger = CountryFactory(code="JP", name_en="Japan", party="other", order_members_then_china=None, order_all=None)
    RegistrationFactory(category=event.categories.get(), country=stranger, full_name="guest", status="confirmed")
    client.force_login(desk)
    groups = client.get(reverse("admin:forums_event_participants", args=[event.pk])).context["groups"]
    assert [(heading, [person.full_name for person in people]) for heading, people in groups] == [
        ("Thailand", ["media", "ministry"]),
        ("ASEAN Secretariat and ASEAN bodies", ["asean"]),
        ("International organisations", ["international"]),
        ("Other participants", ["guest"]),
        ("Organising office", ["office"]),
    ]


def test_participants_stand_in_protocol_order(client, desk, event):
    category = event.categories.get()
    for country, name in ((china(), "Wang"), (thailand(), "Anong"), (brunei(), "Awang"), (None, "Nobody’s")):
        RegistrationFactory(category=category, event=event, country=country, full_name=name, status="confirmed")
    RegistrationFactory(category=category, event=event, full_name="Waits", status="waitlisted")
    client.force_login(desk)
    url = reverse("admin:forums_event_participants", args=[event.pk])
    groups = client.get(url).context["groups"]
    assert [person.full_name for _country, people in groups for person in people] == [
        "Awang", "Anong", "Wang", "Nobody’s",
    ]  # fmt: skip
    assert "Waits" in client.get(url, {"which": "tentative"}).content.decode()


def export(client, event: Event, **answers):
    return client.post(reverse("admin:forums_event_export", args=[event.pk]), {"format": "xlsx", **answers})


def cells(response) -> list[tuple]:
    return list(load_workbook(BytesIO(b"".join(response.streaming_content))).active.values)


def test_the_export_keeps_names_unharmed_and_is_logged(client, logistics, event):
    category = event.categories.get()
    RegistrationFactory(
        category=category, event=event, country=thailand(), full_name="=cmd|' /C calc'!A0", native_name="ສົມສີ",
        status="confirmed", submitted_at=timezone.now(), diet_note="no peanuts",
    )  # fmt: skip
    client.force_login(logistics)
    rows = cells(export(client, event))
    assert rows[1][3] == "=cmd|' /C calc'!A0"
    assert rows[1][5] == "ສົມສີ"
    assert "no peanuts" not in rows[1]
    assert history(event).get().note == "confirmed, xlsx"


def test_needs_go_along_only_when_asked_for_and_permitted(client, logistics, reader, event):
    category = event.categories.get()
    RegistrationFactory(category=category, event=event, status="confirmed", diet_note="no peanuts")
    client.force_login(logistics)
    assert "no peanuts" in cells(export(client, event, needs="on"))[1]
    client.force_login(reader)
    assert export(client, event, needs="on").status_code == 403
    assert export(client, event).status_code == 200


def test_the_desk_takes_no_list_along(client, desk, event):
    client.force_login(desk)
    assert export(client, event).status_code == 403


def test_an_export_is_no_get(client, officer, event):
    client.force_login(officer)
    assert client.get(reverse("admin:forums_event_export", args=[event.pk])).status_code == 405


def test_csv_comes_with_the_mark_that_excel_needs(client, officer, event):
    RegistrationFactory(category=event.categories.get(), event=event, status="confirmed", full_name="王伟")
    client.force_login(officer)
    content = b"".join(export(client, event, format="csv").streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    assert "王伟" in content.decode()
