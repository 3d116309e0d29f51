"""What is measured, in turn: the bare application, the portal with its page cache, without it, registrations."""

import io

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - models exist only now

from tests.bench.content import Content, completed, count_queries, make_content  # noqa: E402
from tests.bench.load import Reading, read_page, registered_a_second, sent_a_second  # noqa: E402
from tests.bench.report import Line, Report, print_report  # noqa: E402
from tests.bench.servers import serving  # noqa: E402

CLIENTS = 4


def measure(*, seconds: int) -> None:
    """Prepare, measure each page for so many seconds, print the table."""
    tell("preparing the content")
    call_command("set_up", verbosity=0, stdout=io.StringIO())
    content = make_content()
    with serving("tests.bench.bare", {}) as bare:
        empty = read_page(f"{bare.base}/empty", seconds=seconds)
        page = read_page(f"{bare.base}/page", seconds=seconds)
    report = Report(empty=empty, page=page)
    with serving("portal.wsgi", {}) as portal:
        for title, path in content.pages().items():
            report.lines.append(Line(title, warm(portal.base + path, seconds), is_cached=True))
        report.megabytes = portal.worker_megabytes()
    with serving("portal.wsgi", {"EPOCH_URL": "off://"}) as portal:
        for title, path in (content.pages() | {"registration form": content.form}).items():
            reading, queries = warm(portal.base + path, seconds), count_queries(path)
            report.lines.append(Line(title, reading, is_cached=False, queries=queries))
        report.megabytes = max(report.megabytes, portal.worker_megabytes())
    register(content, report)
    print_report(report)


def register(content: Content, report: Report) -> None:
    """Drafts sent, and people who go the whole way; each of them must have got a seat."""
    tell("registrations")
    with serving("portal.wsgi", {}) as portal:
        report.sent = sent_a_second(portal.base, content.drafts, clients=CLIENTS)
        report.registered = registered_a_second(portal.base, content.invitations, clients=CLIENTS)
        report.megabytes = max(report.megabytes, portal.worker_megabytes())
    if completed(content.event) != len(content.drafts) + len(content.invitations):
        raise SystemExit("not everybody who registered holds a seat")


def warm(url: str, seconds: int) -> Reading:
    """A second to fill caches and connections, then the reading."""
    tell(url)
    read_page(url, seconds=1)
    return read_page(url, seconds=seconds)


def tell(what: str) -> None:
    print(f"  {what} …", flush=True)
