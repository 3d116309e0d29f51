"""How to reach the organising office: its names, its address, its role mailbox; never a person's own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from portal.core.pagecache import public_page
from portal.library.views.meta import Meta


@public_page
def contact(request: HttpRequest) -> HttpResponse:
    """The contact page."""
    about = _("The organising office answers questions about invitations, registrations and this portal.")
    return render(request, "pages/contact.html", {"meta": Meta(_("Contact"), about)})
