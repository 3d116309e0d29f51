"""docs/roles.md says what portal/accounts/roles.py grants, row by row and role by role."""

from django.conf import settings

from portal.accounts.roles import ALL, LOOK, ROLES, WORD, WORK

ROWS = {
    "Events": {"forums.event"},
    "Event series": {"forums.eventseries"},
    "Editions and organisers of an event": {"forums.eventedition", "forums.eventorganiser"},
    "Categories of participants and their seats": {"forums.category", "forums.seatpool"},
    "Papers of an event, with their files": {"forums.eventpaper", "forums.eventpaperfile"},
    "Rooms, sessions and speakers of a programme": {"forums.room", "forums.session", "forums.sessionspeaker"},
    "Released programmes": {"forums.programmerelease", "forums.releasedsession"},
    "Outcomes of an event, with texts and photos": {
        "forums.outcome", "forums.outcometext", "forums.outcomedocument", "forums.outcomephoto",
    },
    "Mandates, themes, strands, milestones, stated figures": {
        "library.mandate", "library.theme", "library.programmestrand", "library.strandname", "library.strandactivity",
        "library.milestone", "library.statedfigure",
    },
    "Documents, with a file per language": {"library.document", "library.documentfile"},
    "Catalogue (what belongs together)": {"library.catalogueitem"},
    "Errors that readers report": {"library.recordreport"},
    "Facts to confirm": {"core.fact"},
    "Checks by a second person": {"core.review"},
    "Invitations and registrations": {"forums.invitation", "forums.registration"},
    "Contacts, focal points, tags": {"directory.contact", "directory.focalpoint", "directory.tag"},
    "Organisations": {"directory.organisation"},
    "Countries": {"directory.country"},
    "Dates of membership in ASEAN": {"directory.membership"},
    "Message templates": {"mail.messagetemplate"},
    "Wording of messages, per language": {"mail.messagetext"},
    "Messages to many, reminder rules": {"mail.adhocmessage", "mail.reminderrule"},
    "Outbox (hold, release, send again, cancel)": {"mail.outboxmessage"},
    "Attachments of sent messages": {"mail.outboxattachment"},
    "Holidays": {"mail.holiday"},
    "Uploaded files": {"core.storedfile"},
    "Privacy notice and other texts in versions": {"core.textversion"},
    "Imports and other long work": {"core.job"},
    "Row-by-row reports of long work": {"core.jobrow"},
    "Consents that people gave": {"core.consent"},
    "Accounts of staff": {"accounts.user"},
    "API tokens (made and revoked)": {"accounts.apitoken"},
    "List of roles": {"auth.group"},
}  # fmt: skip
EXTRAS = {
    "Edit an event's texts (and nothing else of it)": "forums.edit_event_texts",
    "Submit for review": "library.submit_item",
    "Check what others wrote": "library.check_item",
    "Publish and unpublish, edit what is published": "library.publish_item",
    "Edit the texts of what is not published": "library.edit_texts",
    "See the list of participants": "forums.view_participants",
    "See diet, allergies and access needs": "forums.view_needs",
    "Read a sign-in code to a known caller": "accounts.read_sign_in_code",
    "See and stop long work that others began": "core.view_auditentry",
}
WORDS = {"": "–", " ".join(LOOK): "look", " ".join(WORD): "edit", " ".join(WORK): "work", " ".join(ALL): "all"}


def granted(permissions: frozenset[str]) -> dict[str, str]:
    """The column of one role, computed from what it is granted."""
    column = {}
    for title, models in ROWS.items():
        levels = set()
        for model in models:
            app, name = model.split(".")
            levels.add(" ".join(action for action in ALL if f"{app}.{action}_{name}" in permissions))
        assert len(levels) == 1, f"{title}: the models of one row differ, so the row cannot be told in one word"
        column[title] = WORDS[levels.pop()]
    return column | {title: "yes" if name in permissions else "–" for title, name in EXTRAS.items()}


def documented() -> dict[str, dict[str, str]]:
    """Role to {row: word}, read from the table of the document."""
    lines = [line for line in (settings.BASE_DIR / "docs/roles.md").read_text().splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    head, rows = cells[0], cells[2:]
    return {role: {row[0]: row[number] for row in rows} for number, role in enumerate(head) if number}


def test_the_document_and_the_table_of_roles_say_the_same() -> None:
    assert documented() == {role.name: granted(role.permissions) for role in ROLES}


def test_the_document_names_everything_that_is_granted() -> None:
    told = set(EXTRAS.values()) | {
        f"{model.split('.')[0]}.{action}_{model.split('.')[1]}"
        for models in ROWS.values()
        for model in models
        for action in ALL
    }
    assert {name for role in ROLES for name in role.permissions} <= told
