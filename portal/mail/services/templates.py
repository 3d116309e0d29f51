"""The wording of messages: the shipped one, the house's, and an event's own."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from portal.core.audit import log
from portal.mail.models import MessageTemplate, MessageText, ReminderRule
from portal.mail.registry import Wording, default_texts, kinds


@transaction.atomic
def load_default_texts() -> int:
    """Write the house's wording of every kind from what the wings ship, where there is none.

    Returns the number of texts written. Idempotent; a text that an officer edited is never touched.
    """
    written = 0
    for kind in kinds():
        texts = default_texts(kind.code)
        if not texts:
            continue
        template, _made = MessageTemplate.objects.get_or_create(kind=kind.code, scope="")
        for language, wording in texts.items():
            _text, made = MessageText.objects.get_or_create(
                template=template, language=language, defaults={"subject": wording["subject"], "body": wording["body"]}
            )
            written += made
    return written


def wording_of(kind: str, scope: str) -> dict[str, Wording]:
    """What is sent in this scope, by language: its own wording, else the house's, else the shipped one."""
    found = dict(default_texts(kind))
    rows = MessageText.objects.filter(template__kind=kind, template__scope__in={scope, ""})
    for language, subject, body in rows.order_by("template__scope").values_list("language", "subject", "body"):
        found[language] = Wording(subject=subject, body=body)
    return found


@transaction.atomic
def make_own_wording(kind: str, scope: str, *, by: Any) -> MessageTemplate:
    """Give ``scope`` a wording of its own, beginning with the one it uses now; the one it has when it has one.

    In order: the template and its texts are written, the step is logged.
    """
    house = MessageTemplate.objects.filter(kind=kind, scope="").first()
    template, made = MessageTemplate.objects.get_or_create(
        kind=kind, scope=scope, defaults={"hold_for_release": house.hold_for_release if house else False}
    )
    if made:
        save_texts(template, wording_of(kind, scope))
        log(template, "own_wording", by=by)
    return template


@transaction.atomic
def reset_wording(template: MessageTemplate, *, by: Any) -> MessageTemplate | None:
    """Go back to the wording above: an event's own wording is deleted (None), the house's becomes the shipped one."""
    log(template, "reset", by=by)
    if template.scope:
        template.delete()
        return None
    save_texts(template, default_texts(template.kind))
    return template


def save_texts(template: MessageTemplate, texts: Mapping[str, Wording]) -> None:
    """Write the texts by language; a language without subject and text is taken away, so that English stands in."""
    for language, wording in texts.items():
        if wording["subject"] and wording["body"]:
            defaults = {"subject": wording["subject"], "body": wording["body"]}
            MessageText.objects.update_or_create(template=template, language=language, defaults=defaults)
        else:
            template.texts.filter(language=language).delete()


@transaction.atomic
def copy_scope(old_scope: str, new_scope: str) -> None:
    """Copy the own wording and the reminder rules of one event to another, for "copy an event"."""
    for template in MessageTemplate.objects.filter(scope=old_scope).prefetch_related("texts"):
        copied = MessageTemplate.objects.create(
            kind=template.kind, scope=new_scope, hold_for_release=template.hold_for_release
        )
        MessageText.objects.bulk_create(
            MessageText(template=copied, language=text.language, subject=text.subject, body=text.body)
            for text in template.texts.all()
        )
    rules = list(ReminderRule.objects.filter(scope=old_scope))
    for rule in rules:
        rule.pk, rule._state.adding, rule.scope = None, True, new_scope
    ReminderRule.objects.bulk_create(rules)
