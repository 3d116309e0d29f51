"""What each role may do, as data. ``docs/roles.md`` says the same in words; a test holds the two together."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LOOK = ("view",)
WORD = ("view", "change")
WORK = ("view", "add", "change")
ALL = ("view", "add", "change", "delete")


@dataclass(frozen=True)
class Role:
    """A group of the same ``name``. Permissions are ``app.codename``; what is not named is not allowed."""

    name: str
    title: str | Promise
    permissions: frozenset[str]


def _on(actions: tuple[str, ...], app: str, *models: str) -> frozenset[str]:
    return frozenset(f"{app}.{action}_{model}" for model in models for action in actions)


COUNTRIES = ("country", "membership")
PEOPLE = ("contact", "organisation", "focalpoint", "tag")
EVENT = ("event", "eventseries", "eventedition", "eventorganiser", "category", "seatpool")
PAPERS = ("eventpaper", "eventpaperfile")
ANSWERS = ("invitation", "registration")
PROGRAMME = ("room", "session", "sessionspeaker")
RELEASES = ("programmerelease", "releasedsession")
OUTCOMES = ("outcome", "outcometext", "outcomedocument", "outcomephoto")
RECORDS = (
    "mandate", "theme", "programmestrand", "strandname", "strandactivity", "milestone", "statedfigure", "document",
    "documentfile",
)  # fmt: skip
WORDING = ("messagetemplate", "messagetext")
SENDING = ("adhocmessage", "reminderrule")

# Diet, allergies and access needs: whoever does not feed or seat people does not read them.
NEEDS = frozenset({"forums.view_needs"})
PARTICIPANTS = frozenset({"forums.view_participants"})
EVENT_TEXTS = frozenset({"forums.edit_event_texts"})
LIBRARY_TEXTS = frozenset({"library.edit_texts"})
PHONE = frozenset({"accounts.read_sign_in_code"})
PUBLISHING = frozenset({"library.submit_item", "library.check_item", "library.publish_item"})

# What is published: the same for whoever writes it. That nobody checks their own words is not a matter of roles.
LIBRARY = (
    _on(ALL, "library", *RECORDS)
    | _on(ALL, "forums", *OUTCOMES)
    | _on(WORD, "library", "catalogueitem", "recordreport")
    | _on(WORD, "core", "fact")
    | _on(LOOK, "core", "review")
    | PUBLISHING
)

EVENT_OFFICER = (
    _on(ALL, "forums", *EVENT, *PAPERS, *PROGRAMME)
    | _on(LOOK, "forums", *RELEASES)
    | LIBRARY
    | _on(WORK, "forums", *ANSWERS)
    | (NEEDS | PARTICIPANTS | EVENT_TEXTS | PHONE)
    | _on(WORK, "directory", *PEOPLE)
    | _on(LOOK, "directory", *COUNTRIES)
    | _on(ALL, "mail", *WORDING, *SENDING)
    | _on(WORD, "mail", "outboxmessage")
    | _on(LOOK, "mail", "holiday", "outboxattachment")
    | _on(WORK, "core", "storedfile", "job")
    | _on(LOOK, "core", "textversion", "jobrow")
)

ROLES = (
    Role(
        "manager",
        _("manager"),
        EVENT_OFFICER
        | _on(ALL, "forums", *ANSWERS)
        | _on(ALL, "directory", *PEOPLE, *COUNTRIES)
        | _on(ALL, "mail", "holiday")
        | _on(ALL, "core", "storedfile", "textversion")
        | _on(LOOK, "core", "auditentry", "consent")
        | _on(WORK, "accounts", "user", "apitoken")
        | _on(LOOK, "auth", "group"),
    ),
    Role("event officer", _("event officer"), EVENT_OFFICER),
    Role(
        "logistics",
        _("logistics"),
        _on(LOOK, "forums", *EVENT, *ANSWERS, *PROGRAMME, *RELEASES)
        | (NEEDS | PARTICIPANTS)
        | _on(ALL, "forums", *PAPERS)
        | _on(WORK, "core", "storedfile")
        | _on(LOOK, "directory", "country", "organisation"),
    ),
    Role("check-in desk", _("check-in desk"), _on(LOOK, "forums", "event") | PARTICIPANTS),
    Role(
        "editor",
        _("editor"),
        _on(LOOK, "forums", "event", "eventseries", "eventedition", "eventorganiser", *PROGRAMME, *RELEASES)
        | LIBRARY
        | EVENT_TEXTS
        | _on(ALL, "forums", *PAPERS)
        | _on(WORK, "core", "textversion", "storedfile")
        | _on(WORK, "mail", *WORDING)
        | _on(LOOK, "directory", "country", "organisation"),
    ),
    Role(
        "translator",
        _("translator"),
        _on(LOOK, "forums", "event", "eventseries")
        | EVENT_TEXTS
        | _on(LOOK, "library", *RECORDS)
        | LIBRARY_TEXTS
        | _on(WORD, "mail", "messagetext")
        | _on(LOOK, "mail", "messagetemplate")
        | _on(WORD, "core", "textversion"),
    ),
    Role(
        "read-only",
        _("read-only"),
        _on(LOOK, "forums", *EVENT, *PAPERS, *ANSWERS, *PROGRAMME, *RELEASES, *OUTCOMES)
        | _on(LOOK, "library", *RECORDS, "catalogueitem", "recordreport")
        | _on(LOOK, "core", "fact", "review")
        | PARTICIPANTS
        | _on(LOOK, "directory", *PEOPLE, *COUNTRIES)
        | _on(LOOK, "mail", *WORDING, *SENDING, "holiday")
        | _on(LOOK, "core", "textversion"),
    ),
)


def role_title(name: str) -> str:
    """The name of a role in the reader's language; a group that is no role keeps its own name."""
    return next((str(role.title) for role in ROLES if role.name == name), name)
