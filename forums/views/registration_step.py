"""One step of a registration: shown, saved, and never losing what was typed."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from forums.enums import ACTIVE_REGISTRATIONS, RegisteredBy, RegistrationStatus
from forums.forms import STEPS, ConsentForm, StepForm
from forums.models import Registration
from forums.services import registrations
from forums.services.consents import record_answers
from forums.services.errors import NoSeat, RegistrationClosed
from forums.views.facts import why_closed
from forums.views.links import registration_page
from forums.views.steps import make_form, next_url, registration_url, stamp, steps_of
from portal.core.models import TextVersion
from portal.core.texts import current_text
from portal.core.workflow import TransitionRefused

NOTICE = "privacy-notice"


@registration_page
def edit(request: HttpRequest, registration: Registration, *, step: str) -> HttpResponse:
    """Show one step, or save it. While nothing can be changed a GET leads to the summary, which says why."""
    if step not in STEPS:
        raise Http404
    can_change = registration.status in ACTIVE_REGISTRATIONS
    if not can_change or (request.method != "POST" and why_closed(registration.event)):
        return redirect(registration_url(registration))
    form = make_form(request, registration, step)
    if request.method != "POST":
        return _page(request, registration, form)
    return _save(request, registration, form)


def _save(request: HttpRequest, registration: Registration, form: StepForm) -> HttpResponse:
    form.is_valid()
    text = _notice() if form.step == ConsentForm.step else None
    if obstacle := _obstacle(request, registration, form, text):
        return obstacle
    try:
        _store(registration, form, text)
    except NoSeat as refused:
        form.add_error("mode", str(refused))
        return _page(request, registration, form, status=422)
    except RegistrationClosed:
        return _refuse_late(request, registration, form)
    sent = registration.status != RegistrationStatus.DRAFT
    to_summary = sent or "later" in request.POST
    return redirect(registration_url(registration) if to_summary else next_url(registration, form.step))


def _obstacle(
    request: HttpRequest, registration: Registration, form: StepForm, text: TextVersion | None
) -> HttpResponse | None:
    """The page that says why this step cannot be saved as it is, with everything that was typed; None if it can."""
    if request.POST.get("seen") != stamp(registration, form) and form.differences():
        return _page(request, registration, form, changed_meanwhile=True, status=409)
    if why_closed(registration.event):
        return _refuse_late(request, registration, form)
    if form.step == ConsentForm.step and (text is None or request.POST.get("text_version") != str(text.pk)):
        return _page(request, registration, form, text_changed=True, status=409)
    if form.errors and not _may_stop_here(request, form):
        _keep(registration, form)
        return _page(request, registration, form, status=422)
    return None


def _may_stop_here(request: HttpRequest, form: StepForm) -> bool:
    """ "Save and finish later": allowed when what is wrong is only what was left empty."""
    return "later" in request.POST and not any(name == "__all__" or form[name].data for name in form.errors)


def _store(registration: Registration, form: StepForm, text: TextVersion | None) -> None:
    with transaction.atomic():
        if not _save_draft(registration, form):
            registrations.change(registration, form.values())
        if isinstance(form, ConsentForm) and text is not None and form.is_valid():
            record_answers(registration, form.answers(), text=text, given_by=_who(registration))


def _save_draft(registration: Registration, form: StepForm) -> bool:
    """Save the step of a draft; False when it is none, or was sent in another tab while this one was typed in."""
    if registration.status != RegistrationStatus.DRAFT:
        return False
    try:
        registrations.save_step(registration, form.values())
    except TransitionRefused:
        return False
    return True


def _keep(registration: Registration, form: StepForm) -> None:
    """Keep the valid part of a refused step: all of a draft; of a sent registration only an uploaded photo,
    which the browser would not show again."""
    photo = form.values().get("photo")
    if not _save_draft(registration, form) and photo:
        registrations.change(registration, {"photo": photo})


def _refuse_late(request: HttpRequest, registration: Registration, form: StepForm) -> HttpResponse:
    """Too late: a draft keeps what was typed all the same, and the page shows it with the reason."""
    _save_draft(registration, form)
    return _page(request, registration, form, status=409)


def _notice() -> TextVersion | None:
    try:
        return current_text(NOTICE)
    except TextVersion.DoesNotExist:
        return None


def _who(registration: Registration) -> str:
    if registration.registered_by == RegisteredBy.ASSISTANT:
        return registration.assistant_name
    return registration.full_name


def _page(
    request: HttpRequest,
    registration: Registration,
    form: StepForm,
    *,
    status: int = 200,
    changed_meanwhile: bool = False,
    text_changed: bool = False,
) -> HttpResponse:
    context = {
        "registration": registration,
        "event": registration.event,
        "form": form,
        "steps": steps_of(registration, form.given, current=form.step),
        "seen": stamp(registration, form),
        "back_url": registration_url(registration),
        "is_draft": registration.status == RegistrationStatus.DRAFT,
        "closed": why_closed(registration.event),
        "differences": form.differences() if changed_meanwhile else [],
        "text_changed": text_changed,
        "text": _notice() if form.step == ConsentForm.step else None,
        "asks_consent": form.step == ConsentForm.step,
        "has_file": form.is_multipart(),
    }
    return render(request, "forums/registration_step.html", context, status=status)
