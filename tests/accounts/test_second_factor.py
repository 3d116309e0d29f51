"""Staff enter the administration with a password and a second factor."""

import os
import subprocess
import sys
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.urls import reverse

from portal.mail.models import OutboxMessage
from tests.accounts.test_sign_in import ask, confirm, is_signed_in, sent_code

INDEX = "/admin/"
PASSWORD = "a long pass phrase"


@pytest.fixture(autouse=True)
def _required(settings):
    settings.STAFF_SECOND_FACTOR = True


def digits(secret: str, *, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def give_app(user) -> str:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def sign_in(client, user, *, secret: str = ""):
    response = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    if secret:
        assert response["Location"] == reverse("mfa_authenticate")
        response = client.post(reverse("mfa_authenticate"), {"code": digits(secret)})
    return response


def led_to(client, path: str = INDEX) -> str:
    response = client.get(path)
    return response["Location"].partition("?")[0] if response.status_code == 302 else ""


def test_staff_without_a_second_factor_are_led_to_set_one_up(client, officer):
    sign_in(client, officer)
    assert is_signed_in(client)
    for path in (INDEX, "/admin/forums/event/", "/admin/search/", "/jobs/abcdefghjkmn/", "/files/abcdefghjkmn/"):
        assert led_to(client, path) == reverse("mfa_index")
    assert "Before you enter the administration" in client.get(reverse("mfa_index")).content.decode()


def test_setting_up_an_app_and_showing_its_code_opens_the_administration(client, officer):
    sign_in(client, officer)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    response = client.post(reverse("mfa_activate_totp"), {"code": digits(secret)})
    assert response["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get(response["Location"]).context["unused_codes"]
    assert led_to(client) == reverse("mfa_reauthenticate")
    client.post(reverse("mfa_reauthenticate"), {"code": digits(secret, steps=1)})
    assert client.get(INDEX).status_code == 200


def test_password_and_app_open_the_administration(client, officer):
    response = sign_in(client, officer, secret=give_app(officer))
    assert response["Location"] == INDEX
    assert client.get(INDEX).status_code == 200


def test_a_recovery_code_serves_in_place_of_the_telephone(client, officer):
    sign_in(client, officer)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": digits(secret)})
    code = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]
    client.post(reverse("account_logout"))
    sign_in(client, officer)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.get(INDEX).status_code == 200


def test_a_wrong_second_factor_does_not_sign_in(client, officer):
    give_app(officer)
    sign_in(client, officer)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not is_signed_in(client)


def test_a_mailed_code_alone_does_not_open_the_administration(client, officer):
    ask(client, officer.email)
    confirm(client, sent_code())
    assert is_signed_in(client)
    assert led_to(client) == reverse("account_reauthenticate")


def test_a_mailed_code_and_a_second_factor_still_ask_for_the_password(client, officer):
    secret = give_app(officer)
    ask(client, officer.email)
    assert confirm(client, sent_code())["Location"] == reverse("mfa_authenticate")
    client.post(reverse("mfa_authenticate"), {"code": digits(secret)})
    assert led_to(client) == reverse("account_reauthenticate")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(INDEX).status_code == 200


def test_a_mailed_code_alone_does_not_set_up_a_second_factor(client, officer):
    """Else whoever reads the mailbox would have both."""
    ask(client, officer.email)
    confirm(client, sent_code())
    assert led_to(client, reverse("mfa_activate_totp")) == reverse("account_reauthenticate")
    assert led_to(client, reverse("mfa_add_webauthn")) == reverse("account_reauthenticate")


def test_new_staff_without_a_password_choose_one_first(client, officer):
    officer.set_unusable_password()
    officer.save(update_fields=["password"])
    ask(client, officer.email)
    confirm(client, sent_code())
    assert led_to(client) == reverse("account_set_password")
    client.post(reverse("account_set_password"), {"password1": PASSWORD + " 2", "password2": PASSWORD + " 2"})
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD + " 2")


def test_who_is_no_staff_has_no_password_page(client, delegate):
    ask(client, delegate.email)
    confirm(client, sent_code())
    assert client.get(reverse("account_set_password")).status_code == 403


def test_in_the_demonstration_a_password_is_enough_and_a_mailed_code_is_not(client, officer, settings):
    settings.STAFF_SECOND_FACTOR = False
    sign_in(client, officer)
    assert client.get(INDEX).status_code == 200
    client.post(reverse("account_logout"))
    ask(client, officer.email)
    confirm(client, sent_code())
    assert led_to(client) == reverse("account_reauthenticate")


@pytest.mark.parametrize(("demo", "required"), [("1", "False"), ("", "True")])
def test_only_the_demonstration_mode_switches_the_requirement_off(demo, required, tmp_path):
    read = "from portal import settings; print(settings.STAFF_SECOND_FACTOR)"
    environ = os.environ | {"DEMO": demo, "DATA_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", read], env=environ, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == required


def test_the_secret_of_the_app_lies_encrypted(officer):
    secret = give_app(officer)
    stored = Authenticator.objects.get(user=officer).data["secret"]
    assert secret not in stored
    assert stored.startswith("gAAAA")


def test_wrong_passwords_are_stopped_after_five(client, officer):
    for _ in range(5):
        client.post(reverse("account_login"), {"login": officer.email, "password": "wrong"})
    response = client.post(reverse("account_login"), {"login": officer.email, "password": PASSWORD})
    assert "Too many attempts" in response.content.decode()
    assert not is_signed_in(client)


def test_a_wrong_password_says_the_same_for_known_and_unknown_addresses(client, officer):
    known = client.post(reverse("account_login"), {"login": officer.email, "password": "wrong"})
    unknown = client.post(reverse("account_login"), {"login": "stranger@office.example", "password": "wrong"})
    assert known.context["form"].errors == unknown.context["form"].errors
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "account_change_password",
        "account_login",
    ],
)
def test_every_page_of_the_second_factor_is_there_in_both_languages(client, officer, name):
    sign_in(client, officer)
    for language in ("en", "zh-hans"):
        path = reverse(name).replace("/en/", f"/{language}/")
        assert client.get(path).status_code == (302 if name == "account_login" else 200)
