"""So many times within so long, and no more: for codes, forms and whatever else somebody could flood or guess."""

from datetime import timedelta
from hashlib import sha256

from django.core.cache import cache


def take_turn(key: str, limit: int, within: timedelta) -> bool:
    """Take one of the ``limit`` turns of ``key``; False when all were taken. A turn comes back after ``within``.

    Each turn is a key of its own, because adding one is the only step of the cache that cannot be done by two at
    once. (Its ``incr`` reads and then writes, and gives the entry five minutes whatever it had before.) No ``key``
    lies in the cache as it is: it may be an address.
    """
    name = sha256(key.encode()).hexdigest()
    turns = [f"turn:{name}:{number}" for number in range(limit)]
    taken = cache.get_many(turns)
    return any(cache.add(turn, 1, within.total_seconds()) for turn in turns if turn not in taken)
