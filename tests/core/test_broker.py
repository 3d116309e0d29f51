"""The embedded broker."""

from pathlib import Path
from threading import Event, Thread

from kombu import Connection

TRANSPORT = "portal.core.broker:Transport"


def connect(folder: Path) -> Connection:
    (folder / "messages").mkdir(exist_ok=True)
    options = {name: str(folder / "messages") for name in ("data_folder_in", "data_folder_out")}
    return Connection(
        "filesystem://", transport=TRANSPORT, transport_options=options | {"control_folder": str(folder / "control")}
    )


def test_a_busy_reader_gets_every_message_whole(tmp_path) -> None:
    """A reader that polls without pause meets files that are being written; with kombu's own channel it fails."""
    written = Event()

    def write() -> None:
        with connect(tmp_path) as connection, connection.SimpleQueue("hints") as queue:
            for number in range(400):
                queue.put({"number": number, "padding": "x" * 20_000})
        written.set()

    read = []
    with connect(tmp_path) as connection, connection.SimpleQueue("hints") as queue:
        writer = Thread(target=write)
        writer.start()
        while not (written.is_set() and len(read) == 400):
            try:
                message = queue.get(block=False)
            except queue.Empty:
                continue
            read.append(message.payload["number"])
            message.ack()
        writer.join()
    assert sorted(read) == list(range(400))
    assert list((tmp_path / "messages").iterdir()) == []
