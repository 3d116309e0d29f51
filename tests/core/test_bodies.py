"""A flood is turned away before it is read; a file that is only too big reaches its form."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import CategoryFactory, EventFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(settings) -> str:
    settings.UPLOAD_MAX_BYTES = 10_000
    category = CategoryFactory(event=EventFactory(is_open=True), is_open=True)
    return reverse("forums:register", args=[category.event.slug])


@pytest.mark.parametrize(("size", "status"), [(15_000, 422), (40_000, 400)])
def test_a_body_is_read_up_to_three_of_the_biggest_files(client, form, size, status):
    response = client.post(form, {"full_name": "Mei", "photo": SimpleUploadedFile("a.jpg", b"x" * size)})
    assert response.status_code == status


def test_a_flood_is_turned_away_unread(client, form):
    class Unread:
        def read(self, *_size):
            raise AssertionError("it was read")

        readline = read

    response = client.generic("POST", form, b"", CONTENT_LENGTH="40000", **{"wsgi.input": Unread()})
    assert response.status_code == 400
