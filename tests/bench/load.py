"""Puts load on a server: `wrk` for pages, browsers of our own for registrations."""

import re
import subprocess
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.request import urlopen

from tests.bench.browser import Browser

CONNECTIONS = 8
ANSWERS = {
    "you": {},
    "work": {"organisation_name": "Environment Agency", "position": "Director"},
    "part": {"mode": "in_person"},
    "consent": {"privacy": "on", "list_consent": "none"},
}
MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True)
class Reading:
    """What one page gave under load: requests a second, milliseconds that 99 of 100 stay below, bytes of the body."""

    rate: float
    p99: float
    size: int


def read_page(url: str, *, seconds: int) -> Reading:
    """`wrk` with eight connections on ``url`` for so many seconds. Ends the bench when anything but 2xx came."""
    with urlopen(url, timeout=30) as answer:
        size = len(answer.read())
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", url]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in output or "Socket errors" in output:
        raise SystemExit(f"{url} failed under load:\n{output}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", output)
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s)", output)
    assert rate, output
    assert p99, output
    return Reading(float(rate[1]), float(p99[1]) * MILLISECONDS[p99[2]], size)


def sent_a_second(base: str, paths: Sequence[str], *, clients: int) -> float:
    """Filled drafts sent a second: each is opened and its form sent, by so many browsers at once."""

    def send(path: str) -> None:
        Browser(base).send_form(path, {})

    return _timed(send, paths, clients=clients)


def registered_a_second(base: str, invitations: Sequence[str], *, clients: int) -> float:
    """People a second who go the whole way: invitation, acceptance, four steps, sending (twelve requests each)."""

    def go(path: str) -> None:
        browser = Browser(base)
        registration = browser.send_form(path, {})
        for step, answers in ANSWERS.items():
            browser.send_form(f"{registration}{step}/", answers)
        browser.send_form(registration, {})

    return _timed(go, invitations, clients=clients)


def _timed(deed: Callable[[str], None], paths: Sequence[str], *, clients: int) -> float:
    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(deed, paths))
    return len(paths) / (time.perf_counter() - began)
