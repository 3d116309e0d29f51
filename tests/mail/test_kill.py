"""``deliver_mail`` is killed in the middle of a hundred messages and run again."""

import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from forums.services import invitations
from portal.mail.enums import MailState
from portal.mail.models import OutboxMessage
from portal.mail.services.claims import LEASE
from tests.factories import CategoryFactory, ContactFactory, CountryFactory
from tests.processes import ROOT, environment, wait_for

MAILS = 100


@pytest.mark.django_db(transaction=True)
def test_sigkill_in_the_middle_loses_nothing_and_repeats_at_most_one_with_its_id(tmp_path, smtp_sink):
    category, country = CategoryFactory(), CountryFactory()
    for _ in range(MAILS):
        invitations.invite(category.event, ContactFactory(country=country), category, by=None)
    env = environment(tmp_path, EMAIL_URL=f"smtp://127.0.0.1:{smtp_sink.port}", MAIL_RATE_PER_HOST="100000")
    command = [sys.executable, "manage.py", "deliver_mail"]

    with subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        wait_for(lambda: len(smtp_sink.messages) >= MAILS // 3)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert 0 < OutboxMessage.objects.filter(state=MailState.SENT).count() < MAILS

    later = (timezone.now() + LEASE + timedelta(seconds=1)).isoformat()
    subprocess.run([*command, "--at", later], env=env, cwd=ROOT, check=True, capture_output=True, timeout=120)
    assert OutboxMessage.objects.filter(state=MailState.SENT).count() == MAILS
    arrived = Counter(smtp_sink.ids)
    assert len(arrived) == MAILS
    assert sum(arrived.values()) - MAILS <= 1
