"""Several programs run as one."""

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.core.supervisor import run_together

SLEEP = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)",
]
SUPERVISE = """
import sys
from portal.core.supervisor import run_together
fault = run_together({"one": %r, "two": %r}, out=sys.stdout, grace_seconds=1, started=lambda: None)
print("fault:", repr(fault))
"""


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that only waits to be reaped does not."""
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def wait_until(condition, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


@pytest.fixture
def supervisor() -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", SUPERVISE % (SLEEP, STUBBORN)], stdout=subprocess.PIPE, text=True
    )
    yield process
    process.kill()
    process.communicate()


def two_children(supervisor: subprocess.Popen[str]) -> list[int]:
    """Their ids, once both have said that they run."""
    assert supervisor.stdout
    assert sorted(supervisor.stdout.readline() for _ in range(2)) == ["one    | up\n", "two    | deaf\n"]
    return children_of(supervisor.pid)


def test_when_one_ends_all_are_stopped_and_it_is_named() -> None:
    out = io.StringIO()
    began = time.monotonic()
    short = [sys.executable, "-c", "print('bye'); raise SystemExit(3)"]
    fault = run_together({"long": SLEEP, "short": short}, out=out, grace_seconds=5, started=lambda: None)
    assert fault == "short ended with code 3"
    assert time.monotonic() - began < 5
    assert "short  | bye\n" in out.getvalue()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_all_even_one_that_does_not_listen(supervisor, number) -> None:
    pids = two_children(supervisor)
    supervisor.send_signal(number)
    assert supervisor.communicate(timeout=10)[0] == "fault: ''\n"
    assert [is_alive(pid) for pid in pids] == [False, False]


def test_a_killed_child_is_told_from_one_that_ended(supervisor) -> None:
    pids = two_children(supervisor)
    os.kill(pids[0], signal.SIGKILL)
    assert supervisor.communicate(timeout=10)[0] == "fault: 'one was killed by signal 9'\n"
    assert [is_alive(pid) for pid in pids] == [False, False]


def test_children_do_not_outlive_a_supervisor_that_is_killed(supervisor) -> None:
    listening, deaf = two_children(supervisor)
    supervisor.kill()
    try:
        assert wait_until(lambda: not is_alive(listening))
    finally:
        os.kill(deaf, signal.SIGKILL)  # it ignores TERM by design; the portal's programs do not
