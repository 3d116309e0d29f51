"""A message an officer writes to an audience: checked, previewed, counted, then one outbox row a person by a job."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.jobs import create_job, job_kind
from portal.core.models import Job, JobRow
from portal.core.models.jobs import RowState
from portal.core.workflow import Transition, Workflow
from portal.mail.enums import AdHocState, MailState, Priority
from portal.mail.models import AdHocMessage, OutboxMessage
from portal.mail.registry import MessageKind, Wording, get_audience, register_kind, scope_title
from portal.mail.services.outbox import write_message
from portal.mail.wording import unknown_placeholders

KIND = "mail.adhoc"
PLACEHOLDERS = {
    "name": gettext_lazy("the recipient’s name"),
    "event": gettext_lazy("title of the event"),
    "link": gettext_lazy("the recipient’s personal link"),
}
ADHOC = Workflow(
    "state",
    (Transition("send", (AdHocState.DRAFT,), AdHocState.SENT, "mail.change_adhocmessage", ("note_sent",)),),
)


def allowed_placeholders(audience: str) -> dict[str, Any]:
    """What a message to this audience may use: ``{link}`` only where its people have one."""
    has_link = get_audience(audience).link is not None
    return {name: meaning for name, meaning in PLACEHOLDERS.items() if name != "link" or has_link}


def wordings(adhoc: AdHocMessage) -> dict[str, Wording]:
    """Its texts by language; Chinese only when both subject and text are there."""
    texts = {"en": Wording(subject=adhoc.subject_en, body=adhoc.body_en)}
    if adhoc.subject_zh and adhoc.body_zh:
        texts["zh-hans"] = Wording(subject=adhoc.subject_zh, body=adhoc.body_zh)
    return texts


def render_params(message: AdHocMessage) -> dict[str, Any]:
    """The parameters under which a message of this kind is rendered."""
    return {"adhoc": message.pk, "audience": message.audience}


@transaction.atomic
def send_adhoc(message: AdHocMessage, *, by: Any, at: datetime | None = None) -> Job:
    """Hand the message to the outbox, one row for each person who is in the audience now.

    In order: an unknown placeholder or an empty audience is refused (``ValidationError``); the message is marked as
    sent and the step logged (``Conflict`` when somebody did so first); a job with one step a person is written.
    """
    unknown = unknown_placeholders(
        [text for wording in wordings(message).values() for text in (wording["subject"], wording["body"])],
        allowed_placeholders(message.audience),
    )
    if unknown:
        raise ValidationError(_("These placeholders are not known here: %(names)s.") % {"names": ", ".join(unknown)})
    rows = [(to.name, {"key": to.key}) for _obj, to in get_audience(message.audience).members(message.scope)]
    if not rows:
        raise ValidationError(_("There is nobody in this audience at present."))
    ADHOC.apply(message, "send", by=by, at=at)
    back = reverse("admin:mail_adhocmessage_change", args=[message.pk])
    return create_job(KIND, message.subject_en, rows, by=by, params={"adhoc": message.pk}, back_url=back)


@ADHOC.bind("note_sent")
def _note_sent(message: AdHocMessage, *, at: datetime, **_details: Any) -> None:
    message.sent_at = at or timezone.now()
    message.save(update_fields=["sent_at"])


@job_kind(KIND)
def write_to_member(job: Job, row: JobRow) -> tuple[RowState, Any]:
    """One person's row of the outbox. Whoever has left the audience since is skipped."""
    message = AdHocMessage.objects.prefetch_related("attachments").get(pk=job.params["adhoc"])
    member = get_audience(message.audience).member(message.scope, row.data["key"])
    if member is None:
        return RowState.SKIPPED, _("no longer among these people")
    obj, to = member
    written = write_message(
        KIND,
        obj,
        to,
        dedupe_key=f"adhoc:{message.pk}:{to.key}",
        scope=message.scope,
        by=job.created_by,
        priority=Priority.BULK,
        keep_window=message.keep_window,
        params=render_params(message),
        attachments=message.attachments.all(),
    )
    if written is None:
        return RowState.UNCHANGED, _("written before")
    return RowState.DONE, _("put on the call list") if written.state == MailState.HELD else ""


def register_adhoc() -> None:
    """Make the kind known (called once, when applications are ready)."""
    register_kind(
        MessageKind(
            code=KIND,
            title=gettext_lazy("Message to many"),
            placeholders=PLACEHOLDERS,
            required=frozenset(),
            context=_context,
            texts=_texts,
        ),
        None,
    )


def _texts(message: OutboxMessage) -> Mapping[str, Wording]:
    return wordings(AdHocMessage.objects.get(pk=message.params["adhoc"]))


def _context(obj: models.Model, message: OutboxMessage) -> dict[str, str]:
    audience = get_audience(message.params["audience"])
    values = {"name": message.to_name, "event": scope_title(message.scope)}
    return values | ({"link": audience.link(obj)} if audience.link else {})
