"""Corrections of a person, and the reviewed extraction they make."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from newsletter_extract.errors import CorrectionsError
from newsletter_extract.review.consequences import Change, settle
from newsletter_extract.schema import Extraction

FactList = Literal["events", "seizures", "tables", "dates", "places", "organizations", "money", "repairs", "findings"]
"""Lists of an extraction whose records can be decided on."""

_FOLLOWS = "follows from the edit"
_ID_OF = {"events": "event", "seizures": "seizure", "tables": "table"}


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Decision(_Part):
    """Accept, reject or edit one fact, named by a JSON pointer (RFC 6901) as `/seizures/2`."""

    action: Literal["accept", "reject", "edit"]
    fact: str = Field(pattern=r"^/[a-z]+/[0-9]+$")
    set: dict[str, Any] = Field(default={}, description="For an edit: pointer inside the record → new value.")
    note: str | None = None


class Addition(_Part):
    """A fact that the program did not find."""

    action: Literal["add"]
    kind: FactList
    value: dict[str, Any]
    note: str | None = None


class Corrections(_Part):
    """A corrections file, as the review page saves it."""

    corrections_version: Literal["1.0"] = "1.0"
    document: str = Field(description="Name of the document.")
    extraction_sha256: str = Field(pattern="^[0-9a-f]{64}$", description="The extraction that was looked at.")
    by: str | None = None
    at: str | None = None
    corrections: list[Annotated[Decision | Addition, Field(discriminator="action")]]


def load_corrections(path: Path) -> Corrections:
    """Read a corrections file. Raises CorrectionsError naming what is wrong in it."""
    try:
        return Corrections.model_validate_json(path.read_bytes())
    except OSError as error:
        raise CorrectionsError(f"{path} cannot be read ({error.strerror}).") from None
    except ValidationError as error:
        raise CorrectionsError(
            f"{path} is no corrections file ({_first(error)}); save it from the review page."
        ) from None


def digest(extraction: Extraction) -> str:
    """SHA-256 by which corrections name the extraction they belong to, whatever its indentation."""
    return hashlib.sha256(extraction.model_dump_json().encode()).hexdigest()


def apply(extraction: Extraction, corrections: Corrections) -> Extraction:
    """The extraction as reviewed; `review` holds who decided what.

    Confidences stay as the program gave them. Raises CorrectionsError where the corrections belong to another
    extraction, name a fact that is not there, or would make a record that the contract forbids.
    """
    if corrections.extraction_sha256 != digest(extraction):
        raise CorrectionsError(
            f"The corrections of {corrections.document} were made on another extraction than this one; "
            "review the new one, or apply them to the JSON they were made on."
        )
    before = extraction.model_dump(mode="json")
    after = copy.deepcopy(before)
    changes = [change for entry in corrections.corrections for change in _carried_out(entry, before, after)]
    gone = {_place(e.fact, before) for e in corrections.corrections if e.action == "reject"}
    _put_back(after, [before[kind][index] for kind, index in gone if kind == "repairs"])
    _remove(after, gone)
    _sort_by_place(after, {e.kind for e in corrections.corrections if isinstance(e, Addition)})
    after["review"] = {
        "by": corrections.by, "at": corrections.at, "based_on": corrections.extraction_sha256, "changes": changes,
        "earlier": before["review"],
    }  # fmt: skip
    try:
        return Extraction.model_validate(after)
    except ValidationError as error:
        raise CorrectionsError(f"The corrections make a record that cannot be ({_first(error)}); mend it.") from None


def _carried_out(
    entry: Decision | Addition, before: Mapping[str, Any], after: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """Carry out one correction on `after`, but for removals, and tell what changed."""
    told = {"action": entry.action, "note": entry.note}
    if isinstance(entry, Addition):
        record = _numbered(entry, after)
        _settled(record, None, _words(record))
        after[entry.kind].append(record)
        yield {**told, "kind": entry.kind, "fact": _words(record)}
        return
    kind, index = _place(entry.fact, before)
    told |= {"kind": kind, "fact": _words(before[kind][index])}
    if entry.action != "edit":
        yield told
        return
    record = after[kind][index]
    for pointer, value in entry.set.items():
        old = _assign(record, pointer, value, entry.fact)
        yield {**told, "field": pointer, "before": old, "after": value}
    for pointer, old, value in _settled(record, before[kind][index], _words(before[kind][index])):
        yield {**told, "field": pointer, "before": old, "after": value, "note": _FOLLOWS}


def _settled(record: dict[str, Any], before: dict[str, Any] | None, words: str) -> list[Change]:
    try:
        return settle(record, before)
    except ValueError as error:
        raise CorrectionsError(f"The corrections of {words!r} cannot be: {error}.") from None


def _first(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'/'.join(map(str, first['loc'])) or 'the file'}: {first['msg']}"


def _place(pointer: str, data: Mapping[str, Any]) -> tuple[str, int]:
    _, kind, number = pointer.split("/")
    if kind not in get_args(FactList) or int(number) >= len(data[kind]):
        raise CorrectionsError(f"The corrections name {pointer}, which the extraction does not have.")
    return kind, int(number)


def _assign(record: dict[str, Any], pointer: str, value: Any, fact: str) -> Any:
    """Set the field at a pointer and give what stood there before."""
    keys = [key.replace("~1", "/").replace("~0", "~") for key in pointer.split("/")[1:]]
    target: Any = record
    try:
        for key in keys[:-1]:
            target = target[_index(key) if isinstance(target, list) else key]
        last: Any = _index(keys[-1]) if isinstance(target, list) else keys[-1]
        old = target[last] if isinstance(target, list) else target.get(last)
        target[last] = value
    except (IndexError, KeyError, ValueError, TypeError, AttributeError):
        raise CorrectionsError(f"The corrections edit {fact}{pointer}, which the extraction does not have.") from None
    return old


def _index(key: str) -> int:
    """The index that a pointer names; RFC 6901 knows none from the end. Raises ValueError."""
    if not (key.isascii() and key.isdigit()):
        raise ValueError(key)
    return int(key)


def _numbered(entry: Addition, data: Mapping[str, Any]) -> dict[str, Any]:
    """The new record, with the next free id where its kind has ids."""
    if entry.kind not in _ID_OF:
        return copy.deepcopy(entry.value)
    taken = [int(record["id"].rpartition("-")[2]) for record in data[entry.kind]]
    return {"confidence": 1.0, **copy.deepcopy(entry.value), "id": f"{_ID_OF[entry.kind]}-{max(taken, default=0) + 1}"}


def _words(record: Mapping[str, Any]) -> str:
    """What a person would call the record."""
    commodity = record.get("commodity") or {}
    for words in (record.get("heading"), commodity.get("text"), record.get("text"), record.get("title"),
                  record.get("after"), record.get("message")):  # fmt: skip
        if words:
            return str(words)
    return str(record.get("id", ""))


def _remove(data: dict[str, Any], rejected: set[tuple[str, int]]) -> None:
    """Take records out, and what refers to them."""
    gone = {data[kind][index].get("id") for kind, index in rejected if kind in _ID_OF}
    for kind, index in sorted(rejected, reverse=True):
        del data[kind][index]
    for event in data["events"]:
        event["seizure_ids"] = [i for i in event["seizure_ids"] if i not in gone]
    for seizure in data["seizures"]:
        for reference in ("event_id", "table_id", "same_as"):
            if seizure.get(reference) in gone:
                seizure[reference] = None


def _put_back(data: dict[str, Any], repairs: list[dict[str, Any]]) -> None:
    """Undo repairs in the text of their blocks, and move the spans of facts that stand after or around them."""
    blocks = {block["id"]: block for page in data["text"] for block in page["blocks"]}
    spans = [span for name in ("bulletin", *get_args(FactList)) for span in _spans(data[name])]
    for repair in sorted(repairs, key=lambda r: -r["provenance"]["start"]):
        block = repair["provenance"]["block"]
        start, end = repair["provenance"]["start"], repair["provenance"]["end"]
        text = blocks[block]["text"]
        blocks[block]["text"] = text[:start] + repair["before"] + text[end:]
        longer = len(repair["before"]) - (end - start)
        for span in spans:
            if span["block"] == block and span["end"] >= end:
                span["end"] += longer
                span["start"] = min(span["end"], span["start"] + longer if span["start"] >= end else span["start"])


def _spans(value: Any) -> Iterator[dict[str, Any]]:
    """Every provenance in a value."""
    if isinstance(value, list):
        for item in value:
            yield from _spans(item)
    elif isinstance(value, dict):
        if value.keys() >= {"block", "start", "end"}:
            yield value
        for item in value.values():
            yield from _spans(item)


def _sort_by_place(data: dict[str, Any], kinds: set[FactList]) -> None:
    """Lists stay in reading order; what was added without a place stays at the end."""
    order = {block["id"]: k for k, block in enumerate(b for page in data["text"] for b in page["blocks"])}

    def place(record: Mapping[str, Any]) -> tuple[int, int]:
        where = record.get("provenance")
        return (order.get(where["block"], len(order)), where["start"]) if where else (len(order), 0)

    for kind in kinds:
        data[kind].sort(key=place)
