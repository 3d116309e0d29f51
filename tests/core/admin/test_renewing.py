"""What is deleted in the administration is gone from the public pages at once."""

import pytest
from django.urls import reverse

from forums.models import EventSeries
from portal.core.models import Epoch
from tests.factories import CountryFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
MAKE = {
    "directory_organisation": lambda: OrganisationFactory(is_public=True),
    "directory_country": CountryFactory,
    "forums_eventseries": lambda: EventSeries.objects.create(slug="forum", name_en="Forum"),
}


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize("name", list(MAKE))
def test_one_or_many_deleted_renew_the_pages(client, superuser, name, many):
    client.force_login(superuser)
    row = MAKE[name]()
    Epoch.objects.all().delete()
    if many:
        action = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
        client.post(reverse(f"admin:{name}_changelist"), action)
    else:
        client.post(reverse(f"admin:{name}_delete", args=[row.pk]), {"post": "yes"})
    assert not type(row).objects.filter(pk=row.pk).exists()
    assert Epoch.objects.exists()
