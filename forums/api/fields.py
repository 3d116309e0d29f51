"""Texts that are kept by their language already."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field

from portal.core.api.fields import TEXT_SCHEMA, Whole


@extend_schema_field(TEXT_SCHEMA)
class ReleasedText(Whole):
    """A text of a released session, or of a part of one."""

    def to_representation(self, value: Any) -> dict[str, str]:
        content: Mapping[str, Any] = value if isinstance(value, dict) else value.content
        return self.context["languages"].pick(content.get(self.name) or {})
