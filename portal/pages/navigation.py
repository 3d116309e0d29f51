"""The sidebar of the administration: what is worked with every day, grouped as officers think of it."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

EVENTS, PEOPLE, MAIL, LIBRARY, CONTENT, SYSTEM = (
    gettext_lazy("Events"),
    gettext_lazy("People"),
    gettext_lazy("Mail"),
    gettext_lazy("Library"),
    gettext_lazy("Content"),
    gettext_lazy("System"),
)
GROUPS = (
    (EVENTS, (("forums.event", "event"), ("forums.invitation", "mail"), ("forums.registration", "how_to_reg"))),
    (
        PEOPLE,
        (
            ("directory.contact", "contacts"),
            ("directory.organisation", "apartment"),
            ("directory.focalpoint", "person_pin"),
            ("directory.country", "public"),
            ("directory.tag", "label"),
        ),
    ),
    (
        MAIL,
        (
            ("mail.outboxmessage", "outbox"),
            ("mail.adhocmessage", "campaign"),
            ("mail.messagetemplate", "edit_note"),
            ("mail.reminderrule", "alarm"),
            ("mail.holiday", "event_busy"),
        ),
    ),
    (
        LIBRARY,
        (
            ("forums.outcome", "task_alt"),
            ("library.document", "description"),
            ("library.mandate", "gavel"),
            ("library.programmestrand", "account_tree"),
            ("library.theme", "sell"),
            ("library.milestone", "flag"),
            ("library.statedfigure", "monitoring"),
            ("library.catalogueitem", "list_alt"),
            ("library.recordreport", "report"),
            ("core.fact", "fact_check"),
        ),
    ),
    (CONTENT, (("forums.eventseries", "collections_bookmark"), ("core.textversion", "article"))),
    (
        SYSTEM,
        (
            ("core.job", "progress_activity"),
            ("core.storedfile", "draft"),
            ("core.consent", "how_to_vote"),
            ("accounts.user", "manage_accounts"),
            ("accounts.apitoken", "key"),
            ("auth.group", "badge"),
        ),
    ),
)


# Where the name of the table is not what officers say.
TITLES = {"auth.group": gettext_lazy("Roles"), "accounts.user": gettext_lazy("Accounts")}


def sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """unfold's navigation: the lists that exist and that this person may see, the first page always."""
    home = {"title": _("Today"), "icon": "today", "link": reverse("admin:index")}
    groups = [(title, [_item(request, name, icon) for name, icon in entries]) for title, entries in GROUPS]
    return [
        {"title": "", "items": [home]},
        *(
            {"title": title, "separator": True, "items": list(filter(None, items))}
            for title, items in groups
            if any(items)
        ),
    ]


def _item(request: HttpRequest, name: str, icon: str) -> dict[str, Any] | None:
    """One list; None when it is not in the administration or not for this person."""
    model = apps.get_model(name)
    if not admin.site.is_registered(model):
        return None
    if not admin.site.get_model_admin(model).has_view_permission(request):
        return None
    opts = model._meta
    link = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
    return {"title": capfirst(str(TITLES.get(name, opts.verbose_name_plural))), "icon": icon, "link": link}
