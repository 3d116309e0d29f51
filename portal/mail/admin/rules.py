"""When messages go by themselves: reminder rules, and the days on which nothing goes."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.core.admin.base import PortalModelAdmin, ReadOnlyModelAdmin
from portal.mail.admin.columns import ScopeFilter, kind_column, scope_column
from portal.mail.models import Holiday, ReminderRule
from portal.mail.registry import Anchor, Audience, anchors, audiences

HOURS_A_DAY = 24


@admin.register(ReminderRule)
class ReminderRuleAdmin(ReadOnlyModelAdmin):
    """The rules of all events at a glance: “seven days before the deadline, to those who have not answered”.

    They are changed where their event is worked on; each row leads there.
    """

    fields = ["when", "kind", "who", "is_active"]
    list_filter = [ScopeFilter, "is_active"]
    list_display_links = None

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return ["when", scope_column(linked=True), kind_column, "who", "is_active"]

    @admin.display(description=gettext_lazy("when"), ordering="offset_hours")
    def when(self, obj: ReminderRule) -> str:
        return rule_in_words(obj)

    @admin.display(description=gettext_lazy("who"), ordering="audience")
    def who(self, obj: ReminderRule) -> str:
        return _title(audiences(), obj.audience)


@admin.register(Holiday)
class HolidayAdmin(PortalModelAdmin):
    """Days on which messages that keep working hours are not sent to a country."""

    list_display = ["day", "country", "name"]
    list_select_related = ["country"]
    list_filter = ["country"]
    date_hierarchy = "day"
    search_fields = ["name"]


def rule_in_words(rule: ReminderRule) -> str:
    """“7 days before: deadline to register”."""
    anchor, hours = _title(anchors(), rule.anchor), abs(rule.offset_hours)
    if not hours:
        return _("at the moment: %(anchor)s") % {"anchor": anchor}
    if hours % HOURS_A_DAY:
        length = ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    else:
        days = hours // HOURS_A_DAY
        length = ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    words = {"length": length, "anchor": anchor}
    if rule.offset_hours < 0:
        return _("%(length)s before: %(anchor)s") % words
    return _("%(length)s after: %(anchor)s") % words


def _title(known: list[Audience] | list[Anchor], code: str) -> str:
    """The title a wing gave it; the bare code when it is not (any more) registered."""
    return next((str(one.title) for one in known if one.code == code), code)
