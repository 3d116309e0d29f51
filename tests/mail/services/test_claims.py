"""Several workers at once: no message is claimed by two of them."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from portal.mail.models import OutboxMessage
from portal.mail.services.claims import claim_next
from tests.mail.conftest import WEDNESDAY

WORKERS, MESSAGES = 4, 40


@pytest.mark.django_db(transaction=True)
def test_workers_that_start_together_claim_each_message_once(write):
    for _ in range(MESSAGES):
        write()
    start = Barrier(WORKERS)

    def work() -> list[int]:
        start.wait()
        claimed: list[int] = []
        while (message := claim_next(WEDNESDAY)) is not None:
            claimed.append(message.pk)
        connection.close()
        return claimed

    with ThreadPoolExecutor(WORKERS) as pool:
        shares = [future.result() for future in [pool.submit(work) for _ in range(WORKERS)]]
    claimed = [pk for share in shares for pk in share]
    assert sorted(claimed) == sorted(OutboxMessage.objects.values_list("pk", flat=True))
    assert OutboxMessage.objects.filter(attempts=1).count() == MESSAGES
