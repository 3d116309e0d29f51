"""Starts gunicorn as production does and tells what its workers weigh."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
WORKERS, THREADS = 2, 4  # as in docs/operations.md
START_SECONDS = 30
MEGABYTE = 2**20


@dataclass(frozen=True)
class Server:
    """A running server: its address and the process of its master."""

    base: str
    pid: int

    def worker_megabytes(self) -> list[float]:
        """Resident memory of each worker, in MB."""
        pids = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return sorted(_resident(int(pid)) for pid in pids)


def _resident(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE


@contextmanager
def serving(application: str, env: Mapping[str, str]) -> Iterator[Server]:
    """gunicorn with ``application`` on a free port of loopback, ended afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    command = (
        f"gunicorn {application} --bind 127.0.0.1:{port} --workers {WORKERS} --threads {THREADS} --log-level error"
    )
    process = subprocess.Popen(
        [sys.executable, "-m", *command.split()], cwd=ROOT, env={**os.environ, **env, "BASE_URL": base}
    )
    try:
        _wait_for(f"{base}/healthz", process)
        yield Server(base, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            urlopen(url, timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"the server did not answer at {url}")
