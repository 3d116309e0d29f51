"""The directory in the administration: lists stay cheap, people are found, merged, tagged, imported and exported."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.core.audit import history
from portal.core.models import Job
from portal.core.models.jobs import RowState
from portal.directory.models import Contact, Country, FocalPoint, Organisation, Tag
from portal.directory.services.contacts import create_contact
from portal.directory.services.organisations import create_organisation
from tests.factories import CategoryFactory, ContactFactory, CountryFactory, InvitationFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
CONTACTS = reverse("admin:directory_contact_changelist")
IMPORT = reverse("admin:directory_contact_import_contacts")


@pytest.fixture
def desk_of(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("contact", lambda: ContactFactory(organisation=OrganisationFactory())),
        ("organisation", OrganisationFactory),
        ("country", None),
        (
            "focalpoint",
            lambda: FocalPoint.objects.create(
                contact=ContactFactory(), country=CountryFactory(), valid_from="2025-01-01"
            ),
        ),
        ("tag", lambda: Tag.objects.create(name=f"tag {Tag.objects.count()}")),
    ],
)
def test_a_list_costs_the_same_number_of_queries_with_one_row_and_with_three(
    web, django_assert_num_queries, name, make
):
    codes = iter(["TH", "VN", "LA"])
    make = make or (lambda: CountryFactory(code=next(codes)))
    address = reverse(f"admin:directory_{name}_changelist")
    for more in (1, 2):
        for _ in range(more):
            make()
        with django_assert_num_queries(6):
            assert web.get(address).status_code == 200


def test_contacts_are_found_whatever_the_accents(web, officer):
    create_contact({"full_name": "Nguyễn Ánh Dương"}, by=officer)
    create_contact({"full_name": "Sukarno"}, by=officer)
    page = web.get(CONTACTS, {"q": "nguyen duong"}).content.decode()
    assert "Nguyễn Ánh Dương" in page
    assert "Sukarno" not in page


def test_contacts_are_filtered(web):
    chosen = ContactFactory(full_name="Chosen One", country=CountryFactory(code="VN", code3="VNM"), language="en")
    chosen.tags.add(Tag.objects.create(name="expert"))
    ContactFactory(full_name="Somebody Else")
    for query in (
        {"country__id__exact": chosen.country_id},
        {"tags__id__exact": Tag.objects.get().pk},
        {"language__exact": "en"},
        {"is_active__exact": 1, "no_automatic_mail__exact": 0, "country__id__exact": chosen.country_id},
    ):
        page = web.get(CONTACTS, query).content.decode()
        assert "Chosen One" in page
        assert "Somebody Else" not in page


def form_of(web, address: str, **changes) -> dict:
    form = web.get(address).context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    values = {name: value for name, value in values.items() if value is not None}
    return values | {"focal_points-TOTAL_FORMS": 0, "focal_points-INITIAL_FORMS": 0} | changes


def test_a_contact_added_by_hand_is_findable_and_a_namesake_is_a_warning(web, officer):
    known = create_contact({"full_name": "Nguyễn Văn A"}, by=officer)
    address = reverse("admin:directory_contact_add")
    page = web.post(address, form_of(web, address, full_name="Nguyen Van A", is_active="on"), follow=True)
    added = Contact.objects.exclude(pk=known.pk).get()
    assert set(Contact.objects.named("nguyễn văn a")) == {known, added}
    text = page.content.decode()
    assert "Perhaps already in the directory" in text
    assert reverse("admin:directory_contact_merge", args=[known.pk, added.pk]) in text


def test_the_add_form_shows_possible_duplicates_while_typing(web, officer):
    create_contact({"full_name": "Nguyễn Văn A", "email": "a@ministry.example"}, by=officer)
    address = reverse("admin:directory_contact_duplicates")
    assert "Nguyễn Văn A" in web.get(address, {"full_name": "nguyen van a"}).content.decode()
    assert "Nguyễn Văn A" in web.get(address, {"full_name": "x", "email": "A@ministry.example"}).content.decode()
    assert "Nguyễn" not in web.get(address, {"full_name": "Somebody"}).content.decode()
    assert (
        reverse("admin:directory_contact_duplicates")
        in web.get(reverse("admin:directory_contact_add")).content.decode()
    )


def test_changing_a_contact_renews_its_key_and_writes_history(web, officer):
    contact = create_contact({"full_name": "Old Name"}, by=officer)
    address = reverse("admin:directory_contact_change", args=[contact.pk])
    web.post(address, form_of(web, address, full_name="New Name", is_active="on"))
    assert list(Contact.objects.search("new name")) == [contact]
    assert "full_name" in history(contact).first().changes


def test_two_contacts_are_merged_after_a_look_at_both(web, officer):
    keep = create_contact({"full_name": "Nguyễn Văn A"}, by=officer)
    other = create_contact({"full_name": "Nguyen Van A", "phone": "+84 1"}, by=officer)
    invitation = InvitationFactory(contact=other)
    answer = web.post(CONTACTS, {"action": "merge_two", "_selected_action": [keep.pk, other.pk]})
    assert "+84 1" in web.get(answer.url).content.decode()
    assert Contact.objects.count() == 2  # looking changes nothing
    web.post(answer.url, {"keep": keep.pk})
    invitation.refresh_from_db()
    assert invitation.contact == keep
    assert Contact.objects.get().phone == "+84 1"


def test_a_merge_that_is_refused_says_why_and_changes_nothing(web):
    category = CategoryFactory()
    first, second = (InvitationFactory(category=category).contact for _ in range(2))
    address = reverse("admin:directory_contact_merge", args=[first.pk, second.pk])
    page = web.post(address, {"keep": second.pk}).content.decode()
    assert "These two cannot be merged yet" in page
    assert Contact.objects.count() == 2


def test_merging_needs_exactly_two(web):
    only = ContactFactory()
    page = web.post(CONTACTS, {"action": "merge_two", "_selected_action": [only.pk]}, follow=True)
    assert "Choose exactly two" in page.content.decode()


def test_who_may_only_read_cannot_merge_or_import(desk_of, reader):
    web = desk_of(reader)
    first, second = ContactFactory(), ContactFactory()
    assert web.post(reverse("admin:directory_contact_merge", args=[first.pk, second.pk])).status_code == 403
    assert web.get(IMPORT).status_code == 403


def test_organisations_are_merged(web, officer):
    keep, other = (create_organisation({"name_en": name}, by=officer) for name in ("UNEP", "UN Environment"))
    web.post(reverse("admin:directory_organisation_merge", args=[keep.pk, other.pk]), {"keep": keep.pk})
    assert Organisation.objects.get().alternative_names == ["UN Environment"]


def test_a_tag_is_put_on_many_after_asking_which(web):
    people, tag = ContactFactory.create_batch(3), Tag.objects.create(name="expert")
    chosen = {"action": "add_tag", "_selected_action": [person.pk for person in people]}
    assert "3 contacts are chosen" in web.post(CONTACTS, chosen).content.decode()
    assert tag.contacts.count() == 0
    web.post(CONTACTS, {**chosen, "confirmed": "1", "tag": tag.pk})
    assert tag.contacts.count() == 3
    web.post(CONTACTS, {**chosen, "action": "remove_tag", "confirmed": "1", "tag": tag.pk})
    assert tag.contacts.count() == 0


def test_contacts_are_deactivated_and_activated_in_bulk(web):
    people = ContactFactory.create_batch(2)
    chosen = {"_selected_action": [person.pk for person in people]}
    page = web.post(CONTACTS, {**chosen, "action": "deactivate"}, follow=True)
    assert "2 contacts deactivated" in page.content.decode()
    assert Contact.objects.active().count() == 0
    web.post(CONTACTS, {**chosen, "action": "activate"})
    assert Contact.objects.active().count() == 2


def test_an_export_can_be_imported_again_unchanged(web, officer):
    country = CountryFactory()
    contact = create_contact(
        {
            "full_name": "=Ánh",
            "position_zh_hans": "处长",
            "email": "a@x.example",
            "phone": "+86 10",
            "country": country,
        },
        by=officer,
        tags=["expert"],
    )
    for action in ("export_xlsx", "export_csv"):
        answer = web.post(CONTACTS, {"action": action, "_selected_action": [contact.pk]})
        content = b"".join(answer.streaming_content)
        name = "c.xlsx" if action == "export_xlsx" else "c.csv"
        web.post(IMPORT, {"file": SimpleUploadedFile(name, content)})
        row = Job.objects.first().rows.get()
        assert (row.state, row.reason) == (RowState.UNCHANGED, "")


def test_organisations_keep_their_other_names_one_a_line(web, officer):
    organisation = create_organisation({"name_en": "UNEP"}, by=officer)
    address = reverse("admin:directory_organisation_change", args=[organisation.pk])
    web.post(address, form_of(web, address, alternative_names="UN Environment\r\n联合国环境署\r\n"))
    organisation.refresh_from_db()
    assert organisation.alternative_names == ["UN Environment", "联合国环境署"]
    assert list(Organisation.objects.search("环境署")) == [organisation]


def test_a_country_refuses_a_zone_that_does_not_exist(client, manager):
    client.force_login(manager)
    country = CountryFactory()
    address = reverse("admin:directory_country_change", args=[country.pk])
    inline = {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}
    page = client.post(address, form_of(client, address, time_zones="Asia/Nowhere", **inline))
    assert "Asia/Nowhere" in page.content.decode()
    client.post(address, form_of(client, address, time_zones="Asia/Bangkok", name_en="Siam", **inline))
    country.refresh_from_db()
    assert (country.name_en, country.time_zones) == ("Siam", ["Asia/Bangkok"])


def test_a_focal_point_is_of_a_country_or_of_an_organisation(web):
    address = reverse("admin:directory_focalpoint_add")
    values = {"contact": ContactFactory().pk, "valid_from": "2025-01-01"}
    page = web.post(address, values)
    assert "Choose a country or an organisation" in page.content.decode()
    web.post(address, values | {"country": CountryFactory().pk})
    assert FocalPoint.objects.count() == 1


def test_countries_stand_in_protocol_order(web):
    for code, order in (("VN", 11), ("KH", 2)):
        CountryFactory(code=code, name_en=code, order_members_then_china=order)
    page = web.get(reverse("admin:directory_country_changelist")).content.decode()
    assert page.index(">KH<") < page.index(">VN<")
    assert Country.objects.count() == 2
