"""The settings that a person installing the portal is told of."""

import re

from django.conf import settings


def test_every_variable_that_the_settings_read_is_explained_in_the_example() -> None:
    source = (settings.BASE_DIR / "portal/settings.py").read_text()
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))
    example = (settings.BASE_DIR / ".env.example").read_text()
    told = set(re.findall(r"^([A-Z_]+)=", example, flags=re.MULTILINE))
    compose = (settings.BASE_DIR / "docker-compose.yml").read_text()
    only_for_compose = {name for name in told - read if f"${{{name}:" in compose}
    assert read
    assert told - only_for_compose == read
