"""A page of text pasted into the search is answered by the server that runs in production, not cut off by it."""

import time
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from tests.processes import web_server

pytestmark = [pytest.mark.service, pytest.mark.django_db(transaction=True)]


def test_ten_thousand_characters_of_any_script_get_an_answer_in_normal_time(tmp_path):
    with web_server(tmp_path, workers=1) as base:
        for text in ("a" * 10_000, "红" * 10_000, "红树林 " * 2_500, '") OR NEAR(* ' * 700):
            for path in ("/en/search/?q=", "/zh-hans/results/?q=", "/api/v1/results/?q=", "/feeds/en/results.atom?q="):
                begun = time.monotonic()
                with urlopen(f"{base}{path}{quote(text)}", timeout=20) as answer:
                    assert answer.status == 200
                assert time.monotonic() - begun < 5
