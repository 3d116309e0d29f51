"""The forms of invitations and registrations, one file a subject."""

from forums.forms.answers import AnswerForm
from forums.forms.consent import ConsentForm
from forums.forms.open import OpenForm
from forums.forms.part import PartForm
from forums.forms.step import StepForm
from forums.forms.work import WorkForm
from forums.forms.you import YouForm

# The steps of a registration, in the order in which they are asked.
STEPS: dict[str, type[StepForm]] = {form.step: form for form in (YouForm, WorkForm, PartForm, ConsentForm)}

__all__ = ["STEPS", "AnswerForm", "ConsentForm", "OpenForm", "PartForm", "StepForm", "WorkForm", "YouForm"]
