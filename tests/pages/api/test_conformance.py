"""Whatever is asked, the answer is one that the schema allows, and never an error of ours."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as examples
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from forums.models import SessionSpeaker
from forums.services.programme import release_programme
from portal.pages.api.views import schema
from tests.factories import CountryFactory, EventFactory, OrganisationFactory
from tests.library_factories import DocumentFactory, MandateFactory, ProgrammeStrandFactory, ThemeFactory

CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]
# The same questions every time, and few: this looks for shapes, not for needles.
FEW = examples(
    max_examples=8,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def application() -> Iterator[WSGIHandler]:
    """The portal as a server has it, but within the transaction of the test: no request closes the connection."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield WSGIHandler()
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def everything_public(db, officer):
    country, theme = CountryFactory(), ThemeFactory(framework=MandateFactory(is_public=True))
    OrganisationFactory(is_public=True, slug="centre")
    event = EventFactory(slug="forum", country=country)
    session = event.sessions.create(title_en="Opening", day=event.start_day, start_time="09:00", end_time="10:00")
    SessionSpeaker.objects.create(session=session, name_en="Ms Printed")
    release_programme(event, by=officer)
    DocumentFactory(is_public=True, themes=[theme], countries=[country])
    ProgrammeStrandFactory(is_public=True, themes=[theme])


def test_every_answer_is_one_that_the_schema_allows(everything_public, application, settings):
    settings.API_RATE_VISITOR = 1_000_000
    told = schemathesis.openapi.from_dict(schema())
    asked = set()
    for found in told.get_all_operations():
        operation = found.ok()

        @FEW
        @given(case=operation.as_strategy())
        def ask(case):
            response = case.call(base_url="http://127.0.0.1:8000", app=application)
            case.validate_response(response, checks=CHECKS)
            asked.add(case.operation.path)

        ask()
    assert asked == set(schema()["paths"])
