"""The steps of publishing as an officer meets them: title, consequence, form, service."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from unfold.widgets import UnfoldAdminSplitDateTimeWidget, UnfoldAdminTextareaWidget

from portal.core.enums import ReviewDecision
from portal.core.times import zone_label
from portal.library.enums import PublishingStatus as P
from portal.library.models import Publishable
from portal.library.services import publishing
from portal.library.workflow import CHECK, PUBLISH, SUBMIT

# What the history of a thing says of each step.
ACTIONS = {
    "submit": gettext_lazy("submitted for review"),
    "approve": gettext_lazy("approved"),
    "request_changes": gettext_lazy("changes requested"),
    "amend": gettext_lazy("changed after the approval: back in review"),
    "publish": pgettext_lazy("history", "published"),
    "unpublish": pgettext_lazy("history", "unpublished"),
    "schedule": gettext_lazy("moment of publication changed"),
    "renew_preview": gettext_lazy("preview links ended"),
    "fact_confirmed": gettext_lazy("fact confirmed"),
    "fact_corrected": gettext_lazy("fact corrected"),
    "fact_rejected": gettext_lazy("fact rejected"),
}


class CommentsForm(forms.Form):
    """What the one who checked has to say; with changes it must be something."""

    comments = forms.CharField(
        label=gettext_lazy("Comments"),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
        help_text=gettext_lazy("Kept with the check; whoever wrote the text reads them."),
    )


class OptionalCommentsForm(CommentsForm):
    """The same, when there is something to say."""

    comments = forms.CharField(
        label=gettext_lazy("Comments"),
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
        help_text=gettext_lazy("Kept with the check. May stay empty."),
    )


class MomentForm(forms.Form):
    """From when the thing shall be public."""

    publish_at = forms.SplitDateTimeField(
        label=gettext_lazy("Public from"), required=False, widget=UnfoldAdminSplitDateTimeWidget
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = timezone.now()
        moment = self.initial.get("publish_at")
        if moment and moment <= now:
            self.initial["publish_at"] = None
        self.fields["publish_at"].help_text = _("Empty: at once. In {zone}.").format(
            zone=zone_label(timezone.get_current_timezone_name(), now)
        )

    def clean_publish_at(self) -> datetime | None:
        moment: datetime | None = self.cleaned_data["publish_at"]
        if moment and moment <= timezone.now():
            raise ValidationError(_("This moment has passed. Leave it empty to publish at once."))
        return moment


@dataclass(frozen=True)
class Step:
    """``do(obj, by=, **answers of the form)``; ``statuses``: those in which it is offered.

    With ``holds_for_words`` it also takes ``seen``: the words that the officer had before the eyes.
    """

    name: str
    title: Any
    line: Any
    done: Any
    permission: str
    statuses: tuple[str, ...]
    do: Callable[..., Any]
    form: type[forms.Form] | None = None
    tone: str = ""
    holds_for_words: bool = False


def _approve(obj: Publishable, *, by: Any, seen: int | None = None, comments: str = "") -> None:
    publishing.review(obj, decision=ReviewDecision.APPROVED, by=by, seen=seen, comments=comments)


def _request_changes(obj: Publishable, *, by: Any, comments: str, seen: int | None = None) -> None:
    publishing.review(obj, decision=ReviewDecision.CHANGES, by=by, seen=seen, comments=comments)


def _publish(obj: Publishable, *, by: Any, seen: int | None = None, publish_at: datetime | None = None) -> None:
    with transaction.atomic():
        publishing.schedule(obj, publish_at=publish_at, by=by)
        publishing.publish(obj, by=by, seen=seen)


STEPS = (
    Step(
        "submit",
        gettext_lazy("Submit for review"),
        gettext_lazy("Somebody else checks it and approves it or asks for changes. It is not public yet."),
        gettext_lazy("Submitted: “%(name)s” waits for a check by somebody else."),
        SUBMIT,
        (P.DRAFT, P.UNPUBLISHED),
        publishing.submit,
    ),
    Step(
        "approve",
        gettext_lazy("Approve"),
        gettext_lazy("You have read it and found it right. It can be published after that; your name is kept."),
        gettext_lazy("Approved: “%(name)s” can be published now."),
        CHECK,
        (P.IN_REVIEW,),
        _approve,
        OptionalCommentsForm,
        "primary",
        holds_for_words=True,
    ),
    Step(
        "request_changes",
        gettext_lazy("Request changes"),
        gettext_lazy("It becomes a draft again, with your comments."),
        gettext_lazy("Changes requested: “%(name)s” is a draft again."),
        CHECK,
        (P.IN_REVIEW, P.APPROVED),
        _request_changes,
        CommentsForm,
        holds_for_words=True,
    ),
    Step(
        "publish",
        gettext_lazy("Publish"),
        gettext_lazy("Everybody can see it then: on its page, in the results, in search, feeds and the API."),
        gettext_lazy("Published: “%(name)s”."),
        PUBLISH,
        (P.DRAFT, P.IN_REVIEW, P.APPROVED, P.UNPUBLISHED),
        _publish,
        MomentForm,
        "primary",
        holds_for_words=True,
    ),
    Step(
        "schedule",
        gettext_lazy("Change the moment"),
        gettext_lazy("It becomes public at this moment by itself."),
        gettext_lazy("The moment of publication of “%(name)s” is changed."),
        PUBLISH,
        (P.PUBLISHED,),
        publishing.schedule,
        MomentForm,
    ),
    Step(
        "unpublish",
        gettext_lazy("Unpublish"),
        gettext_lazy("It disappears at once from its page, the results, search, feeds and the API."),
        gettext_lazy("Unpublished: “%(name)s” is no longer public."),
        PUBLISH,
        (P.PUBLISHED,),
        publishing.unpublish,
        tone="danger",
    ),
)
