"""An extraction as a list of facts with plain fields, free of what shifts when something else was added.

Ids and block names count up through a document, so that one new event renames all that follow. They are left out, and a
reference is replaced by the words of what it refers to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from newsletter_extract.schema import Extraction

Value = str | int | float | bool | None

KINDS = (
    "source", "bulletin", "event", "seizure", "table", "row", "date", "place", "organization", "money", "repair",
    "finding", "text",
)  # fmt: skip
"""Kinds of facts in the order they are reported."""

_LISTS = {
    "events": "event", "seizures": "seizure", "tables": "table", "dates": "date", "places": "place",
    "organizations": "organization", "money": "money", "repairs": "repair", "findings": "finding",
}  # fmt: skip
_LEFT_OUT = frozenset({"id", "provenance", "rows"})


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the words of a fact stand. `bbox` is in points; for plain text it is None and the characters tell."""

    page: int
    bbox: tuple[float, float, float, float] | None
    characters: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its kind, the words a person knows it by, and its fields by path, as `commodity.category`."""

    kind: str
    name: str
    fields: Mapping[str, Value]
    spot: Spot | None


def facts_of(extraction: Extraction) -> list[Fact]:
    """Every fact of an extraction in its order, the text block by block, tables row by row."""
    data = extraction.model_dump(mode="json")
    names = _names(data)
    source = {k: data["source"][k] for k in ("sha256", "media_type")} | {
        f"pages[{p['number']}].origin": p["origin"] for p in data["source"]["pages"]
    }
    facts = [Fact("source", data["source"]["name"], source, None), _fact("bulletin", data["bulletin"], names)]
    for key, kind in _LISTS.items():
        for record in data[key]:
            facts.append(_fact(kind, record, names))
            facts += [
                Fact("row", " | ".join(row), dict(zip(_heads(record["columns"], len(row)), row, strict=True)), None)
                for row in record.get("rows", ())
            ]
    facts += [
        Fact("text", block["text"], _flat(block, names), Spot(page["page"], _box(block["bbox"]), (0, 0)))
        for page in data["text"]
        for block in page["blocks"]
    ]
    return facts


def _fact(kind: str, record: dict[str, Any], names: Mapping[str, str]) -> Fact:
    where = record.get("provenance")
    spot = Spot(where["page"], _box(where["bbox"]), (where["start"], where["end"])) if where else None
    return Fact(kind, _name(kind, record), _flat(record, names), spot)


def _name(kind: str, record: dict[str, Any]) -> str:
    """What a person would call the record."""
    if kind == "seizure":
        amounts = [q["text"] for q in record["quantities"]]
        return ", ".join([record["commodity"]["text"], *amounts])
    if kind == "repair":
        return f"{record['before']} → {record['after']}"
    if kind == "finding":
        return f"{record['code']}: {record['message']}"
    return str(record.get("heading") or record.get("text") or record.get("title") or "")


def _names(data: dict[str, Any]) -> dict[str, str]:
    """Id → the words of the record that bears it."""
    named = {
        record["id"]: _name(kind, record) for key, kind in _LISTS.items() for record in data[key] if "id" in record
    }
    blocks = {block["id"]: block["text"][:40] for page in data["text"] for block in page["blocks"]}
    return {**blocks, **named}


def _flat(record: dict[str, Any], names: Mapping[str, str]) -> dict[str, Value]:
    return dict(_fields("", record, names))


def _fields(path: str, value: Any, names: Mapping[str, str]) -> Iterator[tuple[str, Value]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in _LEFT_OUT and key != "bbox":
                yield from _fields(f"{path}.{key}" if path else key, inner, names)
    elif isinstance(value, list):
        if all(isinstance(v, dict) for v in value):
            for k, inner in enumerate(value):
                yield from _fields(f"{path}[{k}]", inner, names)
        else:
            yield path, "; ".join(names.get(v, str(v)) if path == "seizure_ids" else str(v) for v in value)
    elif path in {"event_id", "table_id", "same_as", "note_to"}:
        yield path, names.get(value, value)
    elif value is not None:
        yield path, value


def _heads(columns: list[str], width: int) -> list[str]:
    """A name for each cell of a row: its column's head, numbered where heads repeat or are missing."""
    heads = [*columns[:width], *([""] * (width - len(columns)))]
    return [h if h and heads.count(h) == 1 else f"{h}[{k + 1}]" for k, h in enumerate(heads)]


def _box(bbox: list[float] | None) -> tuple[float, float, float, float] | None:
    return (bbox[0], bbox[1], bbox[2], bbox[3]) if bbox else None
