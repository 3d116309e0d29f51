"""An approval and a change of the words at the same moment: the approval waits, looks again, and is refused."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest
from django.db import connection, transaction

from portal.core.audit import log
from portal.core.models import Review
from portal.core.workflow import Conflict
from portal.library.enums import PublishingStatus
from portal.library.models import Mandate
from portal.library.services.publishing import content_saved, last_change, review, submit
from tests.library_factories import MandateFactory

pytestmark = [pytest.mark.server, pytest.mark.django_db(transaction=True)]
HELD = 0.5  # seconds for which the form is still being saved


def test_nobody_approves_words_that_are_being_changed(settings, editor, officer):
    settings.PUBLISH_SECOND_CHECK = True
    mandate = MandateFactory()
    submit(mandate, by=editor)
    seen, is_saving = last_change(mandate), Event()

    def save() -> None:
        with transaction.atomic():
            opened = Mandate.objects.get(pk=mandate.pk)
            content_saved(opened, by=editor)
            log(opened, "changed", by=editor)
            is_saving.set()
            sleep(HELD)
        connection.close()

    with ThreadPoolExecutor(1) as other:
        saved = other.submit(save)
        assert is_saving.wait(10)
        with pytest.raises(Conflict):
            review(mandate, decision="approved", by=officer, seen=seen)
        saved.result()
    assert Mandate.objects.get().status == PublishingStatus.IN_REVIEW
    assert not Review.objects.exists()
