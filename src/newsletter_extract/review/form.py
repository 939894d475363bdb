"""What a person may change of a fact, told to the page's form by the contract itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from newsletter_extract.schema import Extraction, country_codes, currency_codes

_KEPT = frozenset({
    "id", "provenance", "confidence", "origin", "event_id", "table_id", "seizure_ids", "ids", "note_to",
    "edtf", "si", "repaired", "inferred",
})  # fmt: skip
"""Fields that no person sets: the record's own, and what follows from the others."""
_RECORDS = {
    "events": "Event", "seizures": "Seizure", "tables": "Table", "dates": "DateSpan", "places": "Place",
    "organizations": "Organization", "money": "Money",
}  # fmt: skip
"""Lists whose facts can be edited, with the model of their records."""


@cache
def form() -> Mapping[str, Any]:
    """Models by name, each a list of fields `{name, type, …}`; the model of each list; and values to suggest.

    `type` is text, number, integer, boolean, date, choice (with `choices`), record (with `model`) or list (with `item`,
    a field without a name). `optional` fields may be null, `hint` says what a field means.
    """
    definitions = Extraction.model_json_schema()["$defs"]
    models: dict[str, list[dict[str, Any]]] = {}
    wanted = list(_RECORDS.values())
    for name in wanted:  # grows while it is gone through
        if name in models:
            continue
        required = definitions[name].get("required", ())
        models[name] = [
            {"name": key, "required": key in required, **_field(schema)}
            for key, schema in definitions[name]["properties"].items()
            if key not in _KEPT
        ]
        wanted += [
            model for field in models[name] if (model := field.get("model") or field.get("item", {}).get("model"))
        ]
    return {
        "models": models,
        "records": _RECORDS,
        "suggested": {"country": sorted(country_codes()), "currency": sorted(currency_codes())},
    }


def _field(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A property of the JSON Schema as the form needs it."""
    told = {"hint": schema["description"]} if "description" in schema else {}
    options = [s for s in schema.get("anyOf", ()) if s.get("type") != "null"]
    if options and len(options) < len(schema["anyOf"]):
        told["optional"] = True
    kind = _type(options[-1] if options else schema)
    if len(options) > 1:
        kind = {"type": "number"}
    return told | kind


def _type(schema: Mapping[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return {"type": "record", "model": schema["$ref"].rpartition("/")[2]}
    if "enum" in schema:
        return {"type": "choice", "choices": schema["enum"]}
    if schema["type"] == "array":
        return {"type": "list", "item": _type(schema["items"])}
    if schema.get("format") == "date":
        return {"type": "date"}
    return {"type": {"string": "text"}.get(schema["type"], schema["type"])}
