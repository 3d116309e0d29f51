"""The parts of an outcome, each with a page of its own: documents, photos, texts in versions."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin

from forums.admin.outcome_forms import DocumentForm, KindForm, PhotosForm, VersionForm, initial_of
from forums.admin.pages import admin_page, event_page, event_url
from forums.models import Event, Outcome, OutcomeText
from forums.services.errors import Refused
from forums.services.outcome_parts import (
    add_document,
    add_photos,
    add_text,
    draft_of,
    release_version,
    versions_of,
    write_version,
)
from forums.services.outcomes import begin_outcome
from portal.core.admin.bulk import reason_of
from portal.core.workflow import Conflict
from portal.library.admin.panel import change_url

PartView = Callable[..., HttpResponseBase]


def part_page(view: PartView) -> PartView:
    """Decorator of a view ``(request, outcome, model_admin)``: for who may change the outcome as it stands."""

    @wraps(view)
    def page(request: HttpRequest, pk: int, *, model_admin: Any, **parts: Any) -> HttpResponseBase:
        outcome: Outcome = get_object_or_404(Outcome.objects.select_related("event__country"), pk=pk)
        if not model_admin.has_change_permission(request, outcome):
            raise PermissionDenied
        return view(request, outcome, model_admin, **parts)

    return page


@event_page("forums.view_outcome")
def of_event(request: HttpRequest, event: Event, model_admin: ModelAdmin) -> HttpResponseBase:
    """Leads to the outcome of the event; where there is none yet, the page that begins it."""
    outcome = Outcome.objects.filter(event=event).first()
    if outcome is not None:
        return HttpResponseRedirect(change_url(outcome))
    if not request.user.has_perm("forums.add_outcome"):
        raise PermissionDenied
    if request.method == "POST":
        return HttpResponseRedirect(change_url(begin_outcome(event, by=request.user)))
    return admin_page(
        request,
        model_admin,
        "confirm.html",
        _("Outcomes: %(event)s") % {"event": event},
        event=event,
        consequences=[
            _("The page of outcomes begins as a draft: a summary, texts, documents, photos and next steps."),
            _("Nobody else sees it until you publish it."),
        ],
        button=_("Begin the page of outcomes"),
        cancel_url=event_url(event),
    )


@part_page
def document(request: HttpRequest, outcome: Outcome, model_admin: ModelAdmin) -> HttpResponseBase:
    """A new document with its files."""
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = add_document(
            outcome,
            kind=form.cleaned_data["kind"],
            titles=form.chosen("title"),
            files=form.chosen("file"),
            by=request.user,
        )
        messages.success(request, _("“%(document)s” is in the library, as a draft.") % {"document": made})
        return HttpResponseRedirect(change_url(outcome))
    lines = [
        _("The document gets its own page in the library, with the day, country, themes and licence of this outcome."),
        _("It is published together with the outcome."),
    ]
    return _form_page(request, outcome, model_admin, _("Add a document"), form, *lines)


@part_page
def photos(request: HttpRequest, outcome: Outcome, model_admin: ModelAdmin) -> HttpResponseBase:
    """Several photos at once."""
    form = PhotosForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        count = add_photos(
            outcome, data["photos"], credit=data["credit"], consent_note=data["consent_note"], by=request.user
        )
        done = ngettext(
            "%(count)d photo added. Say now what it shows, in both languages.",
            "%(count)d photos added. Say now what each of them shows, in both languages.",
            count,
        )
        messages.success(request, done % {"count": count})
        return HttpResponseRedirect(change_url(outcome))
    return _form_page(request, outcome, model_admin, _("Add photos"), form)


@part_page
def new_text(request: HttpRequest, outcome: Outcome, model_admin: ModelAdmin) -> HttpResponseBase:
    """Begin a declaration or another text."""
    form = KindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = add_text(outcome, kind=form.cleaned_data["kind"], by=request.user)
        return HttpResponseRedirect(text_url(made))
    lines = [_("A text is released in versions: what was released is never changed, and stays readable.")]
    return _form_page(request, outcome, model_admin, _("Add a text"), form, *lines)


@part_page
def text(request: HttpRequest, outcome: Outcome, model_admin: ModelAdmin, text: int) -> HttpResponseBase:
    """All versions of one text, and the one that is being written."""
    row = get_object_or_404(OutcomeText, pk=text, outcome=outcome)
    versions = list(versions_of(row))
    form = VersionForm(request.POST or None, initial=initial_of(versions))
    if request.method == "POST" and form.is_valid():
        try:
            write_version(row, values=form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error("version", str(refusal))
        else:
            messages.success(request, _("The draft is saved. Release it when it is final."))
            return HttpResponseRedirect(text_url(row))
    return admin_page(
        request,
        model_admin,
        "outcome_text.html",
        _of(row.get_kind_display(), outcome),
        back_url=change_url(outcome),
        back=outcome,
        form=form,
        media=form.media,
        draft=next((version for version in versions if version.released_at is None), None),
        versions=[version for version in versions if version.released_at],
        release_url=reverse("admin:forums_outcome_release", args=[outcome.pk, row.pk]),
    )


@part_page
def release(request: HttpRequest, outcome: Outcome, model_admin: ModelAdmin, text: int) -> HttpResponseBase:
    """Ask, then make the draft the version in force."""
    row = get_object_or_404(OutcomeText, pk=text, outcome=outcome)
    draft = draft_of(row)
    if draft is None:
        messages.info(request, _("There is no draft to release."))
        return HttpResponseRedirect(text_url(row))
    if request.method == "POST":
        try:
            release_version(row, draft, by=request.user)
        except Conflict as error:
            messages.error(request, reason_of(error))
        else:
            messages.success(request, _("Version %(version)s is released.") % {"version": draft.version})
        return HttpResponseRedirect(text_url(row))
    return admin_page(
        request,
        model_admin,
        "confirm.html",
        _("Release version %(version)s of “%(title)s”?") % {"version": draft.version, "title": draft.title},
        consequences=[
            _("A released version cannot be changed or taken back; a newer version can replace it."),
            _("Readers see it as soon as the outcomes are public."),
        ],
        button=_("Release this version"),
        cancel_url=text_url(row),
    )


def text_url(row: OutcomeText) -> str:
    """Where an officer writes this text."""
    return reverse("admin:forums_outcome_text", args=[row.outcome_id, row.pk])


def _of(title: str, outcome: Outcome) -> str:
    return _("%(title)s: %(event)s") % {"title": title, "event": outcome.event}


def _form_page(
    request: HttpRequest,
    outcome: Outcome,
    model_admin: ModelAdmin,
    title: str,
    form: forms.Form,
    *lines: str,
) -> HttpResponseBase:
    return admin_page(
        request,
        model_admin,
        "outcome_form.html",
        _of(title, outcome),
        back_url=change_url(outcome),
        back=outcome,
        lines=lines,
        form=form,
        media=form.media,
        button=title,
    )


EVENT_URLS = (("<int:pk>/outcomes/", "forums_event_outcome", of_event),)
URLS = (
    ("<int:pk>/document/", "forums_outcome_document", document),
    ("<int:pk>/photos/", "forums_outcome_photos", photos),
    ("<int:pk>/texts/", "forums_outcome_new_text", new_text),
    ("<int:pk>/texts/<int:text>/", "forums_outcome_text", text),
    ("<int:pk>/texts/<int:text>/release/", "forums_outcome_release", release),
)
