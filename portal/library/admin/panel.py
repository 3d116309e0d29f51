"""The panel above a thing that is published: where it stands, who checked it, what can be done with it now."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.enums import ReviewDecision
from portal.core.times import format_instant
from portal.library.admin.steps import STEPS, Step
from portal.library.enums import PublishingStatus
from portal.library.kinds import is_listed
from portal.library.models import CatalogueItem, Publishable
from portal.library.services.catalogue import item_of
from portal.library.services.publishing import is_public, last_review, may_check, may_publish, public_from


@dataclass(frozen=True)
class Button:
    """A link of the panel."""

    label: Any
    url: str
    tone: str = ""


@dataclass
class Panel:
    """What the template shows. ``lines`` say where the thing stands."""

    status: str
    lines: list[str]
    comments: str = ""
    buttons: list[Button] = field(default_factory=list)
    links: list[Button] = field(default_factory=list)


def make_panel(obj: Publishable, user: Any) -> Panel:
    """The panel of ``obj`` with what ``user`` may do."""
    found = last_review(obj)
    panel = Panel(status=obj.get_status_display(), lines=_moment(obj))
    if found is not None:
        said = (
            _("Approved by %(name)s, %(instant)s.")
            if found.decision == ReviewDecision.APPROVED
            else _("Changes requested by %(name)s, %(instant)s.")
        )
        panel.lines.append(said % {"name": found.reviewer, "instant": shown_instant(found.at)})
        panel.comments = found.comments
    if obj.status == PublishingStatus.IN_REVIEW and not may_check(obj, user):
        panel.lines.append(_("Somebody else than who wrote or submitted this has to check it."))
    if obj.status == PublishingStatus.APPROVED and settings.PUBLISH_SECOND_CHECK:
        panel.lines.append(_("A change of the text sends it back to review."))
    if obj.status == PublishingStatus.PUBLISHED and may_publish(user):
        panel.lines.append(_("What is changed here is public as soon as it is saved."))
    panel.buttons = [Button(step.title, step_url(obj, step.name), _tone(step)) for step in possible(obj, user)]
    panel.links = _links(obj, user)
    return panel


def possible(obj: Publishable, user: Any) -> list[Step]:
    """The steps that ``user`` can take with ``obj`` now."""
    return [
        step
        for step in STEPS
        if obj.status in step.statuses and user.has_perm(step.permission) and _fits(step, obj, user)
    ]


def step_url(obj: Publishable, name: str) -> str:
    """The page of one step."""
    return reverse(f"admin:{_prefix(obj)}_publishing", args=[obj.pk, name])


def change_url(obj: Publishable) -> str:
    """The form of ``obj``."""
    return reverse(f"admin:{_prefix(obj)}_change", args=[obj.pk])


def page_url(obj: Any) -> str:
    """The public page of ``obj``; "" for things that stand on the pages of others."""
    try:
        return str(obj.get_absolute_url())
    except (AttributeError, NoReverseMatch):
        return ""


def _fits(step: Step, obj: Publishable, user: Any) -> bool:
    if step.name in ("approve", "request_changes"):
        return may_check(obj, user)
    if step.name == "publish":
        return obj.status == PublishingStatus.APPROVED or not settings.PUBLISH_SECOND_CHECK
    return step.name != "schedule" or not is_public(obj)


def _tone(step: Step) -> str:
    return "caution" if step.tone == "danger" else step.tone


def _moment(obj: Publishable) -> list[str]:
    begins = public_from(obj)
    if begins is None:
        return [_("Not public.")]
    if begins > timezone.now():
        return [_("It becomes public on %(instant)s.") % {"instant": shown_instant(begins)}]
    return [_("Public since %(instant)s.") % {"instant": shown_instant(begins)}]


def _links(obj: Publishable, user: Any) -> list[Button]:
    links = []
    if is_public(obj) and page_url(obj):
        links.append(Button(_("Open the public page"), page_url(obj)))
    elif page_url(obj) and user.has_perm(f"{obj._meta.app_label}.change_{obj._meta.model_name}"):
        links.append(Button(_("Preview link"), reverse(f"admin:{_prefix(obj)}_preview", args=[obj.pk])))
    item = item_of(obj) if is_listed(obj) and user.has_perm("library.view_catalogueitem") else None
    if item is not None and admin.site.is_registered(CatalogueItem):
        links.append(Button(_("Related items"), reverse("admin:library_catalogueitem_change", args=[item.pk])))
    return links


def _prefix(obj: Publishable) -> str:
    return f"{obj._meta.app_label}_{obj._meta.model_name}"


def shown_instant(instant: datetime) -> str:
    """An instant in the reader's zone, which is named."""
    return format_instant(instant, timezone.get_current_timezone_name())
