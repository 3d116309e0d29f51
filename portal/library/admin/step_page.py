"""The page of one step of publishing, and the page of the preview link."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from portal.core.admin.bulk import reason_of
from portal.core.admin.pages import admin_page, ask
from portal.core.languages import NAMES
from portal.core.workflow import Conflict, TransitionRefused
from portal.library.admin.panel import change_url, page_url, possible
from portal.library.admin.steps import STEPS, Step
from portal.library.kinds import is_listed, kind_of
from portal.library.languages import LANGUAGES
from portal.library.models import Publishable
from portal.library.services.publishing import NotChecked, last_change, renew_preview


def step_page(model_admin: Any, request: HttpRequest, obj: Publishable, name: str) -> HttpResponseBase:
    """Ask on GET; on POST take the step, say what came of it and lead back to the form of ``obj``."""
    step = next((step for step in STEPS if step.name == name), None)
    if step is None:
        raise Http404
    if not request.user.has_perm(step.permission):
        raise PermissionDenied
    if request.method != "POST" and step not in possible(obj, request.user):
        raise Http404
    form = None
    if step.form is not None:
        initial = {"publish_at": obj.publish_at}
        form = step.form(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and (form is None or form.is_valid()):
        _take(request, obj, step, form.cleaned_data if form else {})
        return HttpResponseRedirect(change_url(obj))
    return ask(
        request,
        model_admin,
        _("%(step)s: %(name)s") % {"step": step.title, "name": obj},
        lines=[step.line],
        form=form,
        button=step.title,
        tone=step.tone or "primary",
        gaps=model_admin.gaps(obj) if step.name != "unpublish" else [],
        shown=shown_of(obj) if step.holds_for_words else [],
        seen=request.POST.get("seen") or last_change(obj),
        back_url=change_url(obj),
    )


def _take(request: HttpRequest, obj: Publishable, step: Step, answers: dict[str, Any]) -> None:
    seen = request.POST.get("seen", "")
    if step.holds_for_words and seen.isdecimal():
        answers = {**answers, "seen": int(seen)}
    try:
        step.do(obj, by=request.user, **answers)
    except (TransitionRefused, Conflict, NotChecked) as error:
        messages.error(request, _not_done(reason_of(error), answers.get("comments", "")))
    else:
        messages.success(request, step.done % {"name": obj})


def _not_done(reason: str, comments: str) -> str:
    """Why nothing was done, with the words that were typed, so that they can be used again."""
    said = _("Nothing was done: %(reason)s") % {"reason": reason}
    return said + " " + _("Your comments were: %(comments)s") % {"comments": comments} if comments else said


def shown_of(obj: Any) -> list[tuple[str, str]]:
    """What everybody will see of ``obj``: pairs of a label and a value."""
    if not is_listed(obj):
        return [(str(obj._meta.verbose_name), str(obj))]
    entry = kind_of(obj).describe(obj)
    languages: dict[str, Any] = dict(LANGUAGES)
    found = [(_("Public page"), settings.BASE_URL + page_url(obj))]
    for code, text in entry.texts.items():
        name = NAMES.get(code) or languages.get(code, code)
        found.append((_("Title (%(language)s)") % {"language": name}, text.title))
        if text.summary:
            found.append((_("In short (%(language)s)") % {"language": name}, text.summary))
    if entry.languages:
        files = ", ".join(str(name) for code, name in LANGUAGES if code in set(entry.languages))
        found.append((_("Files"), files))
    return found


def preview_page(model_admin: Any, request: HttpRequest, obj: Publishable) -> HttpResponseBase:
    """The link that shows ``obj`` to a guest before it is public; POST ends the links that were given out."""
    if request.method == "POST":
        renew_preview(obj, by=request.user)
        messages.success(request, _("The links given out before lead nowhere now. This is the new one."))
        return HttpResponseRedirect(request.get_full_path())
    links = [(code, name, preview_url(obj, code)) for code, name in settings.LANGUAGES]
    response = admin_page(
        request,
        model_admin,
        "admin/library/preview.html",
        _("Preview link: %(name)s") % {"name": obj},
        links=[link for link in links if link[2]],
        back_url=change_url(obj),
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def preview_url(obj: Publishable, language: str) -> str:
    """The whole address of the preview in ``language``; "" while there is no page for it."""
    with translation.override(language):
        try:
            return settings.BASE_URL + reverse("library:preview", args=[obj.preview_token])
        except NoReverseMatch:
            return ""
