"""The programme's story on one page: figures, the framework of the period, the strands, and everything on one line."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Count, Min, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from forums.enums import PUBLIC_EVENTS
from forums.models import Event, EventEdition
from portal.core.pagecache import public_page, valid_until
from portal.core.times import format_days
from portal.library.enums import Adoption, MandateKind
from portal.library.models import CatalogueItem, Mandate, Milestone, ProgrammeStrand, StatedFigure, Theme
from portal.library.views.meta import Meta
from portal.library.views.surroundings import appeared

EDITION, MANDATE, STRATEGY, STRAND, MILESTONE = "edition", "mandate", "strategy", "strand", "milestone"
# What stands on the line, as ``?kind=`` names it: the word of one, and of several.
KINDS: dict[str, tuple[Any, Any]] = {
    EDITION: (pgettext_lazy("timeline", "Forum"), gettext_lazy("Forum editions")),
    MANDATE: (pgettext_lazy("timeline", "Mandate"), gettext_lazy("Mandates")),
    STRATEGY: (pgettext_lazy("timeline", "Strategy or plan"), gettext_lazy("Strategies and plans")),
    STRAND: (pgettext_lazy("timeline", "Strand"), gettext_lazy("Strands")),
    MILESTONE: (pgettext_lazy("timeline", "Milestone"), gettext_lazy("Milestones")),
}
STRATEGIES = (MandateKind.STRATEGY, MandateKind.ACTION_PLAN)


@dataclass(frozen=True)
class Moment:
    """One knot of the line. ``record`` has its title in ``field``; ``sorts`` is None while no date is known."""

    kind: str
    record: Any
    field: str
    when: str
    sorts: date | None
    address: str = ""
    note: str | Promise = ""

    @property
    def word(self) -> str:
        return str(KINDS[self.kind][0])


@dataclass(frozen=True)
class Story:
    """Everything public that the page is made of, read once."""

    editions: Sequence[Event]
    mandates: Sequence[Mandate]
    strands: Sequence[ProgrammeStrand]
    milestones: Sequence[Milestone]
    figures: Sequence[StatedFigure]


@public_page(parameters=("kind",))
def history(request: HttpRequest) -> HttpResponse:
    """The page; ``?kind=`` shows one kind of moment alone, and an unknown one none, with the way back."""
    at, kind = timezone.now(), request.GET.get("kind", "")
    story = _read_story(request, at)
    moments = sorted(_moments(story), key=lambda moment: (moment.sorts or date.min, moment.kind), reverse=True)
    present = _present_framework(story.mandates)
    context = {
        "counted": _counted(request, story, at),
        "figures": story.figures,
        "present": present,
        "coming": [m for m in story.mandates if m.adoption == Adoption.NOT_YET and m.period_from and m.period_to],
        "areas": _areas(present),
        "strands": story.strands,
        "kind": kind,
        "kinds": _kind_links(moments, kind),
        "periods": _by_period((moment for moment in moments if kind in ("", moment.kind)), story.mandates),
        "meta": Meta(
            title=_("The programme and its history"),
            description=_("Forums, mandates, strategies and strands of the cooperation since 1991 on one line."),
        ),
    }
    return render(request, "pages/history.html", context)


def _read_story(request: HttpRequest, at: datetime) -> Story:
    """Milestones and figures stand in no catalogue, so their own moment of publication is watched here."""
    editions = Event.objects.filter(status__in=PUBLIC_EVENTS, editions__isnull=False, is_demo=False).distinct()
    series = Prefetch("editions", EventEdition.objects.select_related("series").exclude(edition=""))
    return Story(
        editions=list(editions.prefetch_related(series)),
        mandates=list(Mandate.objects.public(at).filter(is_demo=False)),
        strands=list(ProgrammeStrand.objects.public(at).filter(is_demo=False)),
        milestones=appeared(request, Milestone.objects.filter(is_demo=False), at),
        figures=appeared(request, StatedFigure.objects.select_related("strand").filter(is_demo=False), at),
    )


def _moments(story: Story) -> Iterator[Moment]:
    for event in story.editions:
        when = format_days(event.start_day, event.end_day, event.date_precision)
        yield Moment(EDITION, event, "title", when, event.start_day, event.get_absolute_url(), _edition_note(event))
    for mandate in story.mandates:
        kind = STRATEGY if mandate.kind in STRATEGIES else MANDATE
        note = mandate.get_adoption_display() if mandate.adoption == Adoption.NOT_YET else ""
        yield Moment(kind, mandate, "name", _when(mandate), _sorts(mandate), mandate.get_absolute_url(), note)
    for strand in story.strands:
        note = _("proposed") if strand.is_proposal and strand.day else ""
        when = format_days(strand.day, None, strand.day_precision)
        yield Moment(STRAND, strand, "name", when, strand.day, strand.get_absolute_url(), note)
    for milestone in story.milestones:
        when = format_days(milestone.day, None, milestone.day_precision)
        yield Moment(MILESTONE, milestone, "title", when, milestone.day)


def _edition_note(event: Event) -> str:
    """The number as it is stored, of the series that counts."""
    numbers = [edition.edition for edition in event.editions.all()]
    return _("edition %(number)s") % {"number": numbers[0]} if numbers else ""


def _when(mandate: Mandate) -> str:
    if mandate.day:
        return format_days(mandate.day, None, mandate.day_precision)
    return "–".join(str(year) for year in (mandate.period_from, mandate.period_to) if year)


def _sorts(mandate: Mandate) -> date | None:
    return mandate.day or (date(mandate.period_from, 1, 1) if mandate.period_from else None)


def _present_framework(mandates: Iterable[Mandate]) -> Mandate | None:
    """The last framework that was adopted: it holds until another one is."""
    adopted = [m for m in mandates if m.kind == MandateKind.STRATEGY and m.adoption == Adoption.ADOPTED]
    return max(adopted, key=lambda mandate: mandate.period_from or 0, default=None)


def _areas(framework: Mandate | None) -> list[tuple[Theme, list[Theme]]]:
    """The priority areas with the topics beneath each."""
    themes = list(Theme.objects.filter(framework=framework)) if framework else []
    return [
        (area, [topic for topic in themes if topic.parent_id == area.pk]) for area in themes if area.parent_id is None
    ]


def _counted(request: HttpRequest, story: Story, at: datetime) -> list[tuple[str, int]]:
    """What this portal counts itself, among what is public and real."""
    public = Q(public_from__lte=at, is_demo=False) & (Q(public_until__isnull=True) | Q(public_until__gt=at))
    found = CatalogueItem.objects.aggregate(
        events=Count("pk", filter=public & Q(kind="event"), distinct=True),
        results=Count("pk", filter=public & Q(is_result=True), distinct=True),
        countries=Count("countries", filter=public, distinct=True),
        begins=Min("public_from", filter=Q(public_from__gt=at)),
        ends=Min("public_until", filter=Q(public_until__gt=at)),
    )
    for boundary in ("begins", "ends"):
        valid_until(request, found[boundary])
    return [
        (_("forum editions"), sum(1 for event in story.editions if event.kind == "forum")),
        (_("events, the forums among them"), found["events"]),
        (_("results"), found["results"]),
        (
            ngettext(
                "country in which events were held or to which results belong",
                "countries in which events were held or to which results belong",
                found["countries"],
            ),
            found["countries"],
        ),
    ]


def _kind_links(moments: Iterable[Moment], chosen: str) -> list[dict[str, Any]]:
    numbers = Counter(moment.kind for moment in moments)
    every = {"code": "", "title": _("Everything"), "number": numbers.total(), "is_chosen": not chosen}
    return [
        every,
        *(
            {"code": code, "title": several, "number": numbers[code], "is_chosen": code == chosen}
            for code, (_one, several) in KINDS.items()
        ),
    ]


def _by_period(moments: Iterable[Moment], mandates: Iterable[Mandate]) -> list[tuple[str, list[Moment]]]:
    """The moments under the period of the strategy that each falls into."""
    strategies = [m for m in mandates if m.kind == MandateKind.STRATEGY and m.period_from and m.period_to]
    return [(name, list(found)) for name, found in groupby(moments, key=lambda moment: _period(moment, strategies))]


def _period(moment: Moment, strategies: Sequence[Mandate]) -> str:
    if moment.sorts is None:
        return _("Date not found")
    year = moment.sorts.year
    for strategy in strategies:
        first, last = strategy.period_from, strategy.period_to
        if first and last and first <= year <= last:
            return f"{first}–{last}"
    first_year = min((strategy.period_from or year for strategy in strategies), default=0)
    return _("Before %(year)s") % {"year": first_year} if year < first_year else str(year)
