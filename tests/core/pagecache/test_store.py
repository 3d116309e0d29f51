"""The bounded store behind the page cache."""

from portal.core.pagecache.entry import make_entry
from portal.core.pagecache.store import Key, Store


def test_the_store_is_bounded_and_drops_what_was_not_used_for_longest() -> None:
    store = Store(max_bytes=3 * 1124)
    keys = [Key(False, "host", f"/{number}/", "", False) for number in range(4)]
    for key in keys[:3]:
        store.put(key, make_entry([], b"x" * 100, epoch="e", until=9))
    assert store.get(keys[0], epoch="e", now=1)
    store.put(keys[3], make_entry([], b"x" * 100, epoch="e", until=9))
    assert [bool(store.get(key, epoch="e", now=1)) for key in keys] == [True, False, True, True]
    store.put(keys[1], make_entry([], b"x" * 9000, epoch="e", until=9))
    assert (len(store), store.bytes) == (3, 3 * 1124)


def test_an_entry_of_another_epoch_is_dropped_when_it_is_met() -> None:
    store = Store()
    key = Key(False, "host", "/", "", False)
    store.put(key, make_entry([], b"x", epoch="old", until=9))
    assert store.get(key, epoch="new", now=1) is None
    assert (len(store), store.bytes) == (0, 0)
