"""Examples in the schema."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer


def example(value: Any) -> Any:
    """Decorator of a serializer: what an answer looks like."""
    return extend_schema_serializer(examples=[OpenApiExample("Example", value=value, response_only=True)])
