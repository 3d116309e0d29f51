"""How the API describes itself (OpenAPI)."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

from portal.core.api.filters import LANGUAGE

ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message"],
            "properties": {
                "code": {"type": "string", "description": "For programs.", "example": "invalid_parameters"},
                "message": {
                    "type": "string",
                    "description": "For people.",
                    "example": "Some parameters are not right.",
                },
                "fields": {
                    "type": "object",
                    "additionalProperties": {"type": "string"},
                    "description": "What is wrong with each parameter.",
                    "example": {"kind": "“x” is not one of the allowed values."},
                },
                "allowed": {
                    "type": "object",
                    "additionalProperties": {"type": "array", "items": {"type": "string"}},
                    "description": "What may stand instead, by parameter.",
                    "example": {"kind": ["forum", "workshop"]},
                },
            },
        }
    },
}
ERRORS = {
    "400": "A parameter does not exist or has a value that is not allowed.",
    "401": "The token is unknown, expired or revoked, or one is needed.",
    "404": "There is nothing at this address, or the list has no such page.",
    "406": "Something else than JSON was asked for.",
    "429": "Too many requests; `Retry-After` says when to come back.",
    "default": "Anything else that went wrong.",
}


class ApiSchema(AutoSchema):
    """Every address takes ``lang``; the first sentence of a view's docstring is its summary."""

    def get_override_parameters(self) -> list[Any]:
        values = LANGUAGE.schema()["enum"]
        return [OpenApiParameter(LANGUAGE.name, str, enum=values, description=LANGUAGE.about)]


def finish(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:  # noqa: ARG001, FBT001 - drf-spectacular's signature
    """Hook of drf-spectacular: the one shape of errors, at every operation; marks of its own taken away."""
    for one in result["components"].get("schemas", {}).values():
        for part in one.get("properties", {}).values():
            part.pop("x-spec-enum-id", None)
    result["components"].setdefault("schemas", {})["Error"] = ERROR
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    for path in result["paths"].values():
        for operation in path.values():
            for code, about in ERRORS.items():
                operation["responses"].setdefault(code, {"description": about, "content": content})
    return result
