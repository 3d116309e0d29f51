"""Pages of sign-in that differ from allauth's."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import RequestLoginCodeForm
from allauth.account.views import PasswordSetView, RequestLoginCodeView
from django.contrib.auth.mixins import LoginRequiredMixin, UserPassesTestMixin
from django.http import HttpResponse


class RequestCodeView(RequestLoginCodeView):
    """Asks for an address and sends a code; an address nobody knows costs the same time and gets the same page."""

    def form_valid(self, form: RequestLoginCodeForm) -> HttpResponse:
        if form._user is None:
            get_adapter().rehearse_sending(form.cleaned_data["email"])
        response: HttpResponse = super().form_valid(form)
        return response


class FirstPasswordView(LoginRequiredMixin, UserPassesTestMixin, PasswordSetView):
    """Staff choose their first password themselves; everybody else goes without one."""

    def test_func(self) -> bool:
        return self.request.user.is_staff
