"""Invites the people of a spreadsheet to an event: the officer's page as a command, safe to repeat."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from forums.models import Category, Event, Invitation
from forums.services.errors import Refused
from forums.services.invitations import invite, send_invitation
from portal.accounts.models import User
from portal.core.models.jobs import RowState
from portal.core.sheets import SheetError
from portal.directory.models import Contact
from portal.directory.services.imports import ImportReport, import_now

STEP = 50  # a line of progress after so many people


class Command(BaseCommand):
    help = (
        "Take the people of a spreadsheet into the directory and invite them. Without --send the invitations are made "
        "and wait; with --send those that wait go too. Who got one already is left alone, so it can be repeated. "
        "Exit code 1 when a row was refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("event", help="the event's slug")
        parser.add_argument("contacts", type=Path, help="an .xlsx or .csv file with a row of headings")
        parser.add_argument("--category", required=True, help="code of the category, such as delegate")
        parser.add_argument("--send", action="store_true", help="send each invitation at once")
        parser.add_argument("--locked", action="store_true", help="only for the invited person")
        parser.add_argument("--by", default="", help="e-mail address of the officer who invites (for the history)")

    def handle(self, *_args: Any, **options: Any) -> None:
        event = Event.objects.filter(slug=options["event"]).first()
        if event is None:
            raise CommandError(f"there is no event {options['event']}")
        category = event.categories.filter(code=options["category"]).first()
        if category is None:
            codes = ", ".join(event.categories.values_list("code", flat=True))
            raise CommandError(f"{event.slug} has no category {options['category']}; it has: {codes}")
        by = _officer(options["by"])
        with translation.override("en"):
            report = self._import(options["contacts"], by)
            self._invite(event, category, report, by=by, send=options["send"], is_locked=options["locked"])
        refused = report.count(RowState.REFUSED)
        if refused:
            raise CommandError(f"{refused} rows were refused; mend them and run the command again", returncode=1)

    def _import(self, path: Path, by: User | None) -> ImportReport:
        try:
            with path.open("rb") as file:
                report = import_now(file, by=by, on_duplicate="skip")
        except (OSError, SheetError) as error:
            raise CommandError(f"{path.name}: {error}") from error
        if report.unknown:
            self.stdout.write(f"columns not understood: {', '.join(report.unknown)}")
        for row in report.rows:
            if row.contact_id is None:
                self.stdout.write(f"row {row.number}, {row.label}: {row.state} – {row.reason}")
        return report

    def _invite(
        self, event: Event, category: Category, report: ImportReport, *, by: User | None, send: bool, is_locked: bool
    ) -> None:
        ids, invited, sent = report.contact_ids, 0, 0
        people = Contact.objects.select_related("country", "organisation").in_bulk(ids)
        unsent = _unsent(event, ids) if send else {}
        many = len(ids) > 1
        for number, pk in enumerate(ids, 1):
            try:
                if pk in unsent:
                    send_invitation(unsent[pk], by=by, many=many)
                else:
                    invite(event, people[pk], category, by=by, send=send, is_locked=is_locked, many=many)
                    invited += 1
                sent += send
            except Refused as refusal:
                self.stdout.write(f"{people[pk]}: not invited – {refusal}")
            if number % STEP == 0:
                self.stdout.write(f"{number} of {len(ids)} people")
        self.stdout.write(f"{len(report.rows)} rows, {len(ids)} people, {invited} invited, {sent} mails written")


def _unsent(event: Event, contacts: list[int]) -> dict[int, Invitation]:
    """Invitations that an earlier run made without sending them, by contact."""
    waiting = Invitation.objects.unanswered().filter(event=event, contact__in=contacts, sent_at=None)
    rows = waiting.select_related("event", "category", "contact__country")
    return {invitation.contact_id: invitation for invitation in rows}


def _officer(email: str) -> User | None:
    if not email:
        return None
    found = User.objects.filter(email__iexact=email, is_staff=True, is_active=True).first()
    if found is None:
        raise CommandError(f"{email} is no officer's account")
    return found
