"""The table of a bench, with what is asked of each line."""

import platform
from dataclasses import dataclass, field

from tests.bench.load import Reading

CACHED, UNCACHED, PROGRAMME, QUERIES, SENT, MEGABYTES = 0.8, 0.3, 0.15, 8, 40, 150


@dataclass(frozen=True)
class Line:
    """One page: served from the page cache, or rendered for each request."""

    title: str
    reading: Reading
    is_cached: bool
    queries: int = 0


@dataclass
class Report:
    """Everything that was measured."""

    empty: Reading
    page: Reading
    lines: list[Line] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    sent: float = 0
    registered: float = 0


def print_report(report: Report) -> None:
    """A table in Markdown. "to the empty one", "to one query": requests a second beside the bare application's."""
    print(f"\n{platform.machine()}, Python {platform.python_version()}, 2 workers x 4 threads, 8 connections\n")
    print("| page | served | requests/s | to the empty one | to one query | p99 ms | queries | bytes | target |")
    print("|---|---|---:|---:|---:|---:|---:|---:|---|")
    for title, reading in (("bare: empty answer", report.empty), ("bare: one query", report.page)):
        print(_row(title, "", reading, report, queries="", target=""))
    for line in report.lines:
        served = "from the cache" if line.is_cached else "rendered"
        queries = "" if line.is_cached else str(line.queries)
        print(_row(line.title, served, line.reading, report, queries=queries, target=_target(line, report)))
    print(
        f"\nFilled drafts opened and sent: {report.sent:.0f}/s by 4 clients ({_met(report.sent >= SENT, f'≥ {SENT}')})"
    )
    print(f"Whole registrations (invitation, four steps, sending): {report.registered:.1f}/s by 4 clients")
    heaviest = max(report.megabytes)
    print(f"Memory of the heaviest worker: {heaviest:.0f} MB ({_met(heaviest <= MEGABYTES, f'≤ {MEGABYTES}')})")


def _row(title: str, served: str, reading: Reading, report: Report, *, queries: str, target: str) -> str:
    ratios = (f"{reading.rate / base.rate:.2f}" for base in (report.empty, report.page))
    cells = (title, served, f"{reading.rate:.0f}", *ratios, f"{reading.p99:.1f}", queries, str(reading.size), target)
    return f"| {' | '.join(cells)} |"


def _target(line: Line, report: Report) -> str:
    if line.is_cached:
        return _met(line.reading.rate >= CACHED * report.empty.rate, f"≥ {CACHED} of the empty one")
    share = PROGRAMME if line.title.startswith("programme") else UNCACHED
    enough = line.reading.rate >= share * report.page.rate and line.queries <= QUERIES
    return _met(enough, f"≥ {share} of one query, ≤ {QUERIES} queries")


def _met(is_met: bool, target: str) -> str:
    return f"{'met' if is_met else 'MISSED'}: {target}"
