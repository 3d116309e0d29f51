"""The administration: its door, its policy, its language and zone."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from portal.accounts.models import User
from portal.core.audit import history

INDEX = "/admin/"
USERS = "/admin/accounts/user/"


def form_of(user: User, **changes) -> dict:
    values = {
        "email": user.email,
        "name": user.name,
        "language": user.language,
        "time_zone": user.time_zone,
        "is_staff": "on",
        "is_active": "on",
        "groups": [group.pk for group in user.groups.all()],
    }
    return values | changes


def test_a_visitor_is_sent_to_the_staff_sign_in(client, db):
    response = client.get(USERS)
    assert response.status_code == 302
    at_door = client.get(response["Location"])
    assert at_door["Location"] == f"{reverse('account_login')}?next=%2Fadmin%2Faccounts%2Fuser%2F"


def test_who_is_no_staff_is_refused_and_not_sent_round_in_circles(client, delegate):
    client.force_login(delegate)
    response = client.get(INDEX, follow=True)
    assert response.status_code == 403


def test_admin_pages_have_their_own_policy_and_public_pages_the_strict_one(client, manager):
    public = client.get(reverse("account_login"))["Content-Security-Policy"]
    assert "unsafe" not in public
    assert "default-src 'self'" in public
    client.force_login(manager)
    policy = client.get(INDEX)["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-eval'" in policy
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "frame-ancestors 'none'" in policy


def test_the_administration_speaks_the_language_of_the_person(client, manager):
    manager.language = "zh-hans"
    manager.save(update_fields=["language"])
    client.force_login(manager)
    assert 'lang="zh-hans"' in client.get(INDEX).content.decode()


def test_choosing_a_language_keeps_it_with_the_person(client, manager):
    client.force_login(manager)
    client.post(reverse("admin:language"), {"language": "zh-hans", "next": INDEX})
    manager.refresh_from_db()
    assert manager.language == "zh-hans"
    assert client.get(reverse("admin:language")).status_code == 405


def test_times_name_the_zone_of_the_reader(client, manager):
    manager.time_zone = "Asia/Yangon"
    manager.save(update_fields=["time_zone"])
    client.force_login(manager)
    page = client.get(f"{USERS}{manager.pk}/change/").content.decode()
    assert "Yangon time (UTC+6:30)" in page


def test_a_manager_makes_a_member_of_staff_without_a_password(client, manager):
    client.force_login(manager)
    role = Group.objects.get(name="event officer")
    values = {"email": "New.Officer@Office.Example", "name": "New", "is_staff": "on", "is_active": "on"}
    response = client.post(f"{USERS}add/", values | {"groups": [role.pk]})
    assert response.status_code == 302, response.context["errors"]
    made = User.objects.get(email="new.officer@office.example")
    assert not made.has_usable_password()
    assert list(made.groups.all()) == [role]
    assert history(made).get().action == "added"


def test_an_address_is_unique_without_case(client, manager, officer):
    client.force_login(manager)
    response = client.post(f"{USERS}add/", {"email": "OFFICER@office.example", "is_active": "on"})
    assert response.status_code == 200
    assert User.objects.filter(email__iexact=officer.email).count() == 1


def test_a_role_needs_the_right_to_enter(client, manager):
    client.force_login(manager)
    role = Group.objects.get(name="editor")
    response = client.post(f"{USERS}add/", {"email": "a@office.example", "groups": [role.pk], "is_active": "on"})
    assert "is_staff" in response.context["adminform"].form.errors


def test_changing_a_user_logs_names_of_personal_fields_and_the_roles_by_key(client, manager, officer):
    client.force_login(manager)
    editor = Group.objects.get(name="editor")
    old = officer.groups.get()
    url = f"{USERS}{officer.pk}/change/"
    assert client.post(url, form_of(officer, name="Another", groups=[editor.pk])).status_code == 302
    entry = history(officer).get()
    assert entry.changes == {"name": "•", "groups": [[old.pk], [editor.pk]]}
    assert entry.actor == manager
    page = client.get(f"{USERS}{officer.pk}/history/").content.decode()
    assert "event officer → editor" in page
    assert "Another" not in page.partition("<table")[2]


def test_saving_without_a_change_logs_nothing(client, manager, officer):
    client.force_login(manager)
    client.post(f"{USERS}{officer.pk}/change/", form_of(officer))
    assert not history(officer).exists()


def test_a_manager_does_not_touch_superusers_nor_make_one(client, manager, officer, superuser):
    client.force_login(manager)
    assert client.post(f"{USERS}{superuser.pk}/change/", form_of(superuser)).status_code == 403
    client.post(f"{USERS}{officer.pk}/change/", form_of(officer, is_superuser="on"))
    officer.refresh_from_db()
    assert not officer.is_superuser


@pytest.mark.parametrize("action", ["deactivate", "forget"])
def test_actions_on_many_report_who_was_skipped_and_why(client, manager, officer, superuser, action):
    client.force_login(manager)
    chosen = [officer.pk, superuser.pk]
    response = client.post(USERS, {"action": action, "_selected_action": chosen}, follow=True)
    said = [str(message) for message in response.context["messages"]]
    assert said[0].startswith("1 ")
    assert said[1] == "1 skipped – your role does not allow it: Root"
    officer.refresh_from_db()
    assert (officer.is_active, officer.has_usable_password()) == (
        (False, True) if action == "deactivate" else (True, False)
    )


def test_a_closed_account_is_signed_out(client, officer, manager):
    client.force_login(officer)
    assert client.get(INDEX).status_code == 200
    officer.is_active = False
    officer.save(update_fields=["is_active"])
    assert client.get(INDEX).status_code == 302


def test_nobody_closes_their_own_account(client, manager):
    client.force_login(manager)
    response = client.post(USERS, {"action": "deactivate", "_selected_action": [manager.pk]}, follow=True)
    assert "you cannot close your own account" in str(next(iter(response.context["messages"])))


def test_roles_are_to_be_read_not_changed(client, manager):
    client.force_login(manager)
    role = Group.objects.get(name="check-in desk")
    page = client.get(f"/admin/auth/group/{role.pk}/change/")
    assert page.status_code == 200
    assert client.post(f"/admin/auth/group/{role.pk}/change/", {"title": "x"}).status_code == 403


def test_a_role_says_what_it_may_in_the_language_of_the_reader(client, manager):
    User.objects.filter(pk=manager.pk).update(language="zh-hans")
    client.force_login(manager)
    group = Group.objects.get(name="check-in desk")
    page = client.get(reverse("admin:auth_group_change", args=[group.pk])).content.decode()
    assert "活动: 查看, 可查看参会名单" in page
    assert "Can " not in page


def test_accounts_are_found_by_role(client, manager, officer):
    client.force_login(manager)
    page = client.get(reverse("admin:accounts_user_changelist"), {"role": "manager"}).content.decode()
    assert manager.email in page
    assert officer.email not in page


def test_second_factors_are_nowhere_in_the_administration(client, superuser):
    client.force_login(superuser)
    assert client.get("/admin/mfa/authenticator/").status_code == 404


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_of_users_costs_the_same_however_long_it_is(client, manager, officer, django_assert_num_queries, more):
    for number in range(more):
        user = User.objects.create_user(f"staff{number}@office.example", is_staff=True)
        user.groups.set(officer.groups.all())
    client.force_login(manager)
    client.get(USERS)
    with django_assert_num_queries(7):
        client.get(USERS)
