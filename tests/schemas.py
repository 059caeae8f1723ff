"""A validator for the part of JSON Schema (2020-12) that `docs/data.schema.json` uses; any other word is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TYPES = {"object": dict, "array": list, "string": str, "integer": int}
_SAID = {"$schema", "$defs", "title", "description"}
_KNOWN = {"$ref", "type", "const", "enum", "pattern", "minimum", "items", "properties", "required", "additionalProperties", "oneOf"}  # fmt: skip


def faults(value: object, schema: dict, root: dict | None = None, at: str = "$") -> Iterator[str]:
    """Where a value is not as the schema says."""
    root = root or schema
    assert set(schema) <= _SAID | _KNOWN, set(schema) - _SAID - _KNOWN
    if "$ref" in schema:
        yield from faults(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, at)
    if "type" in schema and (not isinstance(value, _TYPES[schema["type"]]) or isinstance(value, bool)):
        yield f"{at}: no {schema['type']}"
        return
    if "const" in schema and value != schema["const"]:
        yield f"{at}: not {schema['const']}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{at}: {value!r} does not fit {schema['pattern']}"
    if "minimum" in schema and value < schema["minimum"]:
        yield f"{at}: too small"
    if "oneOf" in schema:
        fitting = [one for one in schema["oneOf"] if not any(faults(value, one, root, at))]
        if len(fitting) != 1:
            yield f"{at}: fits {len(fitting)} of {len(schema['oneOf'])}"
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from faults(item, schema.get("items", {}), root, f"{at}[{number}]")
    if isinstance(value, dict):
        known = schema.get("properties", {})
        yield from (f"{at}: lacks {name}" for name in schema.get("required", ()) if name not in value)
        for name, item in value.items():
            if name in known:
                yield from faults(item, known[name], root, f"{at}.{name}")
            elif schema.get("additionalProperties") is False:
                yield f"{at}: {name} is unknown"
