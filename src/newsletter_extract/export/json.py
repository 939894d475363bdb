"""JSON as the program prints it: stable order of keys, UTF-8, a newline at the end."""

from __future__ import annotations

import json

from newsletter_extract.schema import Extraction


def to_json(extraction: Extraction) -> str:
    """One document, indented for people."""
    return extraction.model_dump_json(indent=2) + "\n"


def to_json_line(extraction: Extraction) -> str:
    """One document on one line."""
    return extraction.model_dump_json() + "\n"


def schema_json() -> str:
    """The JSON Schema of the output."""
    return (
        json.dumps(Extraction.model_json_schema(mode="serialization"), indent=2, ensure_ascii=False, sort_keys=True)
        + "\n"
    )
