"""The steps of a registration: what they ask, what is stored, what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from forums.forms import STEPS, ConsentForm, StepForm
from forums.models import Registration
from forums.rules import REQUIRED, missing_fields
from forums.services.consents import MAILING, PHOTO, PRIVACY, agreed_to

SHOWN: dict[str, tuple[str, ...]] = {
    "you": (
        "title",
        "full_name",
        "family_name",
        "native_name",
        "badge_name",
        "email",
        "phone",
        "language",
        "registered_by",
        "assistant_name",
        "assistant_email",
    ),
    "work": ("country", "organisation_name", "department", "position"),
    "part": ("mode", "interpretation", "diet", "diet_note", "access_needs"),
    "consent": ("list_consent",),
}


@dataclass
class Step:
    """One step, for the progress line and for the summary."""

    code: str
    title: str | Promise
    heading: str | Promise
    url: str
    is_done: bool
    is_current: bool = False
    facts: list[tuple[str, Any]] = field(default_factory=list)


def steps_of(registration: Registration, agreed: set[str], *, current: str = "") -> list[Step]:
    """Every step with its state: done when nothing required is missing and it lies behind the reader.

    ``agreed`` are the purposes consented to (``services.consents.agreed_to``), here and below.
    """
    missing = set(missing_fields(registration))
    codes = list(STEPS)
    here = codes.index(current) if current else len(codes)
    return [
        Step(
            code=code,
            title=form.short_title,
            heading=form.heading,
            url=step_url(registration, code),
            is_done=_is_done(code, missing, agreed=PRIVACY in agreed, behind=position < here),
            is_current=code == current,
        )
        for position, (code, form) in enumerate(STEPS.items())
    ]


def _is_done(code: str, missing: set[str], *, agreed: bool, behind: bool) -> bool:
    if code == ConsentForm.step:
        return agreed
    return not missing & set(REQUIRED.get(code, ())) and (behind or agreed)


def with_facts(registration: Registration, steps: list[Step], agreed: set[str]) -> list[Step]:
    """The steps with what was answered in each."""
    for step in steps:
        step.facts = list(_stored(registration, SHOWN[step.code]))
        if step.code == ConsentForm.step:
            step.facts += [
                (_("Photos and videos"), _yes(PHOTO in agreed)),
                (_("Further mail"), _yes(MAILING in agreed)),
                (_("Privacy notice"), _("agreed") if PRIVACY in agreed else _("not agreed yet")),
            ]
    return steps


def _stored(registration: Registration, names: Iterable[str]) -> Iterable[tuple[str, Any]]:
    for name in names:
        display = getattr(registration, f"get_{name}_display", None)
        yield _label(name), display() if display else getattr(registration, name)


def _label(name: str) -> str:
    return capfirst(str(getattr(Registration._meta.get_field(name), "verbose_name", name)))


def _yes(given: bool) -> str:  # noqa: FBT001 - the one thing it puts into words
    return _("yes") if given else _("no")


@dataclass(frozen=True)
class Missing:
    """A required answer that is not there yet, and where to give it."""

    label: str
    url: str


def missing_answers(registration: Registration, agreed: set[str]) -> list[Missing]:
    """What must still be said before the registration can be sent."""
    step_of = {name: code for code, names in REQUIRED.items() for name in names}
    answers = [
        Missing(_label(name), f"{step_url(registration, step_of[name])}#id_{name}")
        for name in missing_fields(registration)
    ]
    if PRIVACY not in agreed:
        answers.append(Missing(_("Consent to the privacy notice"), step_url(registration, ConsentForm.step)))
    return answers


def step_url(registration: Registration, code: str) -> str:
    """Where the step ``code`` of this registration is answered, by its personal link."""
    return reverse("forums:registration-step", args=[registration.token, code])


def next_url(registration: Registration, code: str) -> str:
    """Where saving the step ``code`` of a draft leads: the next step, or the page that shows all and sends."""
    codes = list(STEPS)
    following = codes[codes.index(code) + 1 :]
    return step_url(registration, following[0]) if following else registration_url(registration)


def registration_url(registration: Registration) -> str:
    """The page that shows the whole registration, by its personal link."""
    return reverse("forums:registration", args=[registration.token])


def make_form(request: HttpRequest, registration: Registration, code: str) -> StepForm:
    """The form of a step: bound when something was posted."""
    data = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    return STEPS[code](registration=registration, given=agreed_to(registration), **data)


def stamp(registration: Registration, form: StepForm) -> str:
    """A digest of what is stored for this step; the page carries it, so that two tabs cannot overwrite each other."""
    stored = [str(registration.public_id), *(str(form.get_initial_for_field(f, n)) for n, f in form.fields.items())]
    return sha256("\x1f".join(stored).encode()).hexdigest()[:16]
