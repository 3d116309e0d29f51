"""The pages of sign-in. allauth's pages to sign up, to add addresses and to reset a password do not exist here."""

from allauth.account import views
from django.urls import include, path

from portal.accounts.views import FirstPasswordView, RequestCodeView

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("login/code/", RequestCodeView.as_view(), name="account_request_login_code"),
    path("login/code/confirm/", views.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", FirstPasswordView.as_view(), name="account_set_password"),
    path("2fa/", include("allauth.mfa.urls")),
]
