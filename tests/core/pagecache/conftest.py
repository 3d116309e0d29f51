import pytest

from portal.core.models import TextVersion
from portal.core.pagecache import repair_epoch
from tests.core.pagecache.site import Site


@pytest.fixture
def text(transactional_db) -> TextVersion:
    repair_epoch()
    return TextVersion.objects.create(code="notice", version="1", title_en="First", title_zh_hans="第一")


@pytest.fixture
def site(text) -> Site:
    return Site()
