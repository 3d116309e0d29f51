"""Runs several programs as one: their lines in one place, and when one ends all end."""

import ctypes
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from threading import Event, Thread
from typing import TextIO

POLL_SECONDS = 0.2
PR_SET_PDEATHSIG = 1


class Child:
    """One program: the name shown before its lines, and its command."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name = name
        # A session of its own: Ctrl-C reaches the supervisor alone, which then stops everybody.
        self.process = subprocess.Popen(  # noqa: S603 - the commands are the portal's own
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - the supervisor starts its threads after its children
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )

    def copy_lines(self, out: TextIO) -> None:
        """Write what the program says, each line after its name, until it ends."""
        with self.process.stdout or io.StringIO() as lines:
            for line in lines:
                out.write(f"{self.name:<7}| {line}")
                out.flush()

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    @property
    def end(self) -> str:
        """How it ended, in words."""
        code = self.process.returncode
        return f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"

    def ask_to_stop(self) -> None:
        with suppress(ProcessLookupError):
            self.process.terminate()

    def kill_group(self) -> None:
        """Nothing that the program started is left behind."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def run_together(
    commands: Mapping[str, Sequence[str]], *, out: TextIO, grace_seconds: float, started: Callable[[], None]
) -> str:
    """Run ``commands`` (name to command) until one ends or this process gets SIGINT or SIGTERM, then stop them all.

    ``started`` is called on a thread of its own once all run. A program that has not stopped ``grace_seconds`` after
    it was asked to is killed. Returns "" when it was asked to stop, else which program ended first and how.
    """
    stop = Event()
    children: list[Child] = []
    copies: list[Thread] = []
    handlers = {number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        children.extend(Child(name, command) for name, command in commands.items())
        copies.extend(Thread(target=child.copy_lines, args=[out], daemon=True) for child in children)
        for thread in [*copies, Thread(target=started, daemon=True)]:
            thread.start()
        while not stop.wait(POLL_SECONDS):
            ended = [child for child in children if not child.is_running]
            if ended:
                return f"{ended[0].name} {ended[0].end}"
        return ""
    finally:
        _stop(children, grace_seconds)
        for thread in copies:
            thread.join(1)  # their last words
        for number, handler in handlers.items():
            signal.signal(number, handler)


def _stop(children: list[Child], grace_seconds: float) -> None:
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + grace_seconds
    while any(child.is_running for child in children) and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS / 2)
    for child in children:
        child.kill_group()


def _end_with_parent() -> None:
    """In the child before its program starts: ask Linux to end it should the supervisor itself be killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
