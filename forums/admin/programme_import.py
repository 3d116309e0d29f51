"""Importing a programme: the sheet to fill in, the file, and then the page of the job with every row's fate."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminFileFieldWidget

from forums.admin.pages import admin_page, event_page
from forums.admin.sessions import programme_url
from forums.models import Event
from forums.services.programme.running import plan_programme
from forums.services.programme.sheet import programme_parts
from portal.core.files import UploadField
from portal.core.sheets import SheetError, workbook_response


class ProgrammeFileForm(forms.Form):
    """The file."""

    file = UploadField(
        kinds=("sheet",),
        label=pgettext_lazy("of an event", "Programme"),
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": ".xlsx,.csv"}),
    )


@event_page("forums.add_session", "forums.change_session")
def upload(request: HttpRequest, event: Event, model_admin: ModelAdmin) -> HttpResponseBase:
    """GET asks for the file; POST checks all of it and goes on to the rows. Nothing is taken over yet."""
    is_sent = request.method == "POST"
    form = ProgrammeFileForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            job = plan_programme(file, event, by=request.user, name=file.name, back_url=programme_url(event))
        except SheetError as error:
            form.add_error("file", str(error))
        else:
            messages.info(request, _told(job.params["unknown"]))
            return HttpResponseRedirect(job.get_absolute_url())
    page = admin_page(
        request,
        model_admin,
        "programme_import.html",
        _("Import the programme: %(event)s") % {"event": event},
        event=event,
        form=form,
        cancel_url=programme_url(event),
    )
    page.status_code = 422 if form.errors else 200
    return page


@event_page("forums.view_session")
def sheet(request: HttpRequest, event: Event, model_admin: ModelAdmin) -> HttpResponseBase:  # noqa: ARG001 - the frame of every page
    """The workbook to fill in, with what is entered already."""
    return workbook_response(f"programme-{event.slug}", programme_parts(event))


def _told(unknown: list[Any]) -> str:
    look = _("Nothing is taken over yet. Look at the rows below, then confirm.")
    if not unknown:
        return look
    return " ".join((look, _("These columns were not understood: {names}.").format(names=", ".join(map(str, unknown)))))


URLS = (
    ("<int:pk>/programme/import/", "forums_event_programme_import", upload),
    ("<int:pk>/programme/sheet/", "forums_event_programme_sheet", sheet),
)
