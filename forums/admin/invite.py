"""Inviting, in three steps that need no script: choose, look at it, confirm."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin

from forums.admin.event_panel import list_url
from forums.admin.invite_form import LIMIT, ChooseForm, Invitee, fingerprint, preview_people
from forums.admin.pages import admin_page, event_page
from forums.admin.upload_form import UploadForm
from forums.models import Category, Event, Invitation
from forums.services.invitations import queue_invitations
from portal.mail.registry import Recipient
from portal.mail.services.render import masked, preview

PAGE = 100


@event_page("forums.add_invitation", "directory.view_contact")
def choose(request: HttpRequest, event: Event, model_admin: ModelAdmin) -> HttpResponseBase:
    """Step 1: filters, or a list to upload."""
    return _choose_page(request, event, model_admin, ChooseForm(event=event, user=request.user))


@event_page("forums.add_invitation", "directory.view_contact")
def look(request: HttpRequest, event: Event, model_admin: ModelAdmin) -> HttpResponseBase:
    """Step 2: everybody with the reason why not, and the mail as one of them gets it. A POST is step 3: it sends."""
    form = ChooseForm(request.GET, event=event, user=request.user)
    if not form.is_valid():
        return _choose_page(request, event, model_admin, form)
    contacts = list(form.contacts()[: LIMIT + 1])
    if len(contacts) > LIMIT:
        form.add_error(None, _("More than %(limit)d people fit. Choose fewer at a time.") % {"limit": LIMIT})
        return _choose_page(request, event, model_admin, form)
    people = preview_people(event, contacts, form.cleaned_data["exclude"])
    invitees = [one for one in people if not one.reason]
    if request.method == "POST":
        if request.POST.get("fingerprint") == fingerprint(invitees):
            return _send(request, event, form, invitees)
        messages.warning(request, _("The list has changed since you looked at it. Look again, then confirm."))
    return _look_page(request, event, model_admin, form, people)


def _send(request: HttpRequest, event: Event, form: ChooseForm, invitees: list[Invitee]) -> HttpResponseBase:
    job = queue_invitations(
        event,
        form.cleaned_data["category"],
        [one.contact for one in invitees],
        by=request.user,
        is_locked=form.cleaned_data["is_locked"],
        keep_window=form.cleaned_data["keep_window"],
        back_url=list_url("invitation", event),
    )
    count = len(invitees)
    text = ngettext("%(count)d invitation is being written.", "%(count)d invitations are being written.", count)
    messages.success(request, text % {"count": count})
    return HttpResponseRedirect(reverse("core:job", args=[job.public_id]))


def _choose_page(
    request: HttpRequest, event: Event, model_admin: ModelAdmin, form: ChooseForm, upload: UploadForm | None = None
) -> HttpResponseBase:
    return admin_page(
        request,
        model_admin,
        "invite_choose.html",
        _("Invite people: %(event)s") % {"event": event},
        event=event,
        form=form,
        upload=upload or UploadForm(event=event, prefix="upload"),
    )


def _look_page(
    request: HttpRequest,
    event: Event,
    model_admin: ModelAdmin,
    form: ChooseForm,
    people: list[Invitee],
) -> HttpResponseBase:
    invitees = [one for one in people if not one.reason]
    page = Paginator(people, PAGE).get_page(request.GET.get("page"))
    kept = [(name, value) for name, values in request.GET.lists() if name not in ("page", "show") for value in values]
    return admin_page(
        request,
        model_admin,
        "invite_look.html",
        _("Look at it before it goes: %(event)s") % {"event": event},
        event=event,
        page=page,
        kept=kept,
        invitees=invitees[:LIMIT],
        count=len(invitees),
        refused=len(people) - len(invitees),
        by_call=sum(one.by_call for one in invitees),
        fingerprint=fingerprint(invitees),
        options=form.cleaned_data,
        mail=_mail(event, form.cleaned_data["category"], _shown(request, invitees)),
    )


def _shown(request: HttpRequest, invitees: list[Invitee]) -> Invitee | None:
    wanted = request.GET.get("show", "")
    return next((one for one in invitees if str(one.contact.pk) == wanted), invitees[0] if invitees else None)


def _mail(event: Event, category: Category, one: Invitee | None) -> dict[str, Any] | None:
    """The mail as this person will get it, by the send path's own renderer; the link is masked."""
    if one is None:
        return None
    invitation = Invitation(event=event, contact=one.contact, category=category)
    to = Recipient.from_contact(invitation.contact)
    rendered = preview("forums.invitation", invitation, to, scope=event.scope)
    return {"to": to, "contact": one.contact, "subject": rendered.subject, "text": masked(rendered.text)}


URLS = (
    ("<int:pk>/invite/", "forums_event_invite", choose),
    ("<int:pk>/invite/look/", "forums_event_invite_look", look),
)
