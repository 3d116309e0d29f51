"""The schema as people read it: one chapter a resource, made from the same description that programs read."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

Node = Mapping[str, Any]
TEXT_BY_LANGUAGE = "text by language"
CODE = re.compile(r"`([^`]+)`")
# As drf-spectacular writes the words for the values of a vocabulary.
WORDS_FOR_VALUES = re.compile(r"^\* `.*$", re.MULTILINE)


@dataclass(frozen=True)
class Line:
    """A parameter or a field: what it is called, what sort of value it has, what it means."""

    name: str
    sort: str
    about: SafeString
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Address:
    """One address of the API. ``url`` is empty where something has to be filled in first."""

    path: str
    url: str
    about: SafeString
    parameters: tuple[Line, ...]
    fields: tuple[Line, ...]
    example: str
    needs_token: bool


@dataclass(frozen=True)
class Chapter:
    """What belongs to one resource."""

    name: str
    addresses: tuple[Address, ...]


def chapters(schema: Node) -> list[Chapter]:
    """The addresses of ``schema`` by resource; what is said of a list is not repeated for its records."""
    found: dict[str, list[Address]] = {}
    known: dict[str, set[str]] = {}
    for path, node in schema["paths"].items():
        operation = node["get"]
        name = operation["tags"][0]
        address = _address(schema, path, operation, but=known.setdefault(name, set()))
        known[name] |= {line.name for line in address.fields}
        found.setdefault(name, []).append(address)
    return [Chapter(name, tuple(addresses)) for name, addresses in found.items()]


def _address(schema: Node, path: str, operation: Node, *, but: set[str]) -> Address:
    body = operation["responses"]["200"]["content"]["application/json"]
    example = body.get("examples", {}).get("Example", {}).get("value")
    fields = _fields(schema, _row(schema, body["schema"]))
    return Address(
        path=path,
        url="" if "{" in path else path,
        about=_prose(operation),
        parameters=tuple(_parameter(one) for one in operation.get("parameters", ())),
        fields=tuple(line for line in fields if line.name not in but),
        example=json.dumps(example, ensure_ascii=False, indent=2) if example else "",
        needs_token={} not in operation.get("security", [{}]),
    )


def _row(schema: Node, node: Node) -> Node:
    """The record that an answer holds, also when it is a page of them."""
    node = _resolved(schema, node)
    results = node.get("properties", {}).get("results")
    return _resolved(schema, results["items"]) if results else node


def _resolved(schema: Node, node: Node) -> Node:
    if "allOf" in node:
        return {**_resolved(schema, node["allOf"][0]), **{key: node[key] for key in node if key != "allOf"}}
    if "$ref" not in node:
        return node
    found: Node = schema["components"]["schemas"][node["$ref"].rpartition("/")[2]]
    return found


def _fields(schema: Node, node: Node) -> Iterator[Line]:
    """Its fields, and behind a dot those of what it holds."""
    for name, part in node.get("properties", {}).items():
        whole = _resolved(schema, part)
        inner = _resolved(schema, whole["items"]) if whole.get("type") == "array" else whole
        yield Line(name, _sort(whole, inner), _prose(part), tuple(map(str, whole.get("enum", ()))))
        for line in _fields(schema, inner):
            yield Line(f"{name}.{line.name}", line.sort, line.about, line.values)


def _parameter(one: Node) -> Line:
    node = one["schema"]
    return Line(one["name"], _sort(node, node), _prose(one), tuple(map(str, node.get("enum", ()))))


def _sort(node: Node, inner: Node) -> str:
    if "additionalProperties" in node and "example" in node:
        return TEXT_BY_LANGUAGE
    word = str(inner.get("format") or inner.get("type", "")).replace("date-time", "moment")
    return f"list of {word}" if node.get("type") == "array" else word


def _prose(node: Node) -> SafeString:
    """What is said of a thing, with what stands between back-ticks set as code."""
    text = WORDS_FOR_VALUES.sub("", node.get("description", "")).strip()
    return mark_safe(CODE.sub(r"<code>\1</code>", escape(text)))  # noqa: S308 - escaped one step before
