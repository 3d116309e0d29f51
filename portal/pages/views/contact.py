"""How to reach the organising office: its names, its address, its role mailbox; never a person's own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.core.pagecache import public_page


@public_page
def contact(request: HttpRequest) -> HttpResponse:
    """The contact page."""
    return render(request, "pages/contact.html")
