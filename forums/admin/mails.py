"""The messages about one invitation or registration, as a short table on its page."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from portal.core.times import format_instant
from portal.mail.models import OutboxMessage
from portal.mail.registry import kind_title

SHOWN = 20


def messages_to(obj: Any) -> str:
    """The latest messages about ``obj``, each a link into the outbox."""
    found = OutboxMessage.objects.filter(
        content_type=ContentType.objects.get_for_model(obj), object_id=str(obj.pk)
    ).order_by("-created_at", "-pk")[:SHOWN]
    zone = timezone.get_current_timezone_name()
    rows = [
        (
            reverse("admin:mail_outboxmessage_change", args=[message.pk]),
            kind_title(message.kind),
            message.get_state_display(),
            format_instant(message.sent_at or message.created_at, zone),
        )
        for message in found
    ]
    if not rows:
        return _("None yet.")
    return format_html(
        "<ul>{}</ul>", format_html_join("", '<li><a class="desk-link" href="{}">{}</a> – {}, {}</li>', rows)
    )
