"""Corrections of a person, and the reviewed extraction they make."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from newsletter_extract.errors import CorrectionsError
from newsletter_extract.schema import Extraction

FactList = Literal["events", "seizures", "tables", "dates", "places", "organizations", "money", "repairs", "findings"]
"""Lists of an extraction whose records can be decided on."""

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
    changes: list[dict[str, Any]] = []
    rejected: list[tuple[str, int]] = []
    for entry in corrections.corrections:
        if isinstance(entry, Addition):
            after[entry.kind].append(_numbered(entry, after))
            changes.append({"action": "add", "kind": entry.kind, "fact": _words(entry.value), "note": entry.note})
            continue
        kind, index = _place(entry.fact, before)
        told = {"action": entry.action, "kind": kind, "fact": _words(before[kind][index]), "note": entry.note}
        if entry.action == "edit":
            for pointer, value in entry.set.items():
                old = _assign(after[kind][index], pointer, value, entry.fact)
                changes.append({**told, "field": pointer, "before": old, "after": value})
            continue
        if entry.action == "reject":
            rejected.append((kind, index))
        changes.append(told)
    _remove(after, rejected)
    _sort_by_place(after, {e.kind for e in corrections.corrections if isinstance(e, Addition)})
    after["review"] = {
        "by": corrections.by, "at": corrections.at, "based_on": corrections.extraction_sha256, "changes": changes
    }  # fmt: skip
    try:
        return Extraction.model_validate(after)
    except ValidationError as error:
        raise CorrectionsError(f"The corrections make a record that cannot be ({_first(error)}); mend it.") from None


def _first(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'/'.join(map(str, first['loc'])) or 'the file'}: {first['msg']}"


def _place(pointer: str, data: Mapping[str, Any]) -> tuple[str, int]:
    _, kind, number = pointer.split("/")
    if kind not in FactList.__args__ or int(number) >= len(data[kind]):  # type: ignore[attr-defined]
        raise CorrectionsError(f"The corrections name {pointer}, which the extraction does not have.")
    return kind, int(number)


def _assign(record: dict[str, Any], pointer: str, value: Any, fact: str) -> Any:
    """Set the field at a pointer and give what stood there before."""
    keys = [key.replace("~1", "/").replace("~0", "~") for key in pointer.split("/")[1:]]
    target: Any = record
    try:
        for key in keys[:-1]:
            target = target[int(key) if isinstance(target, list) else key]
        last: Any = int(keys[-1]) if isinstance(target, list) else keys[-1]
        old = target[last] if isinstance(target, list) else target.get(last)
        target[last] = value
    except (IndexError, KeyError, ValueError, TypeError, AttributeError):
        raise CorrectionsError(f"The corrections edit {fact}{pointer}, which the extraction does not have.") from None
    return old


def _numbered(entry: Addition, data: Mapping[str, Any]) -> dict[str, Any]:
    """The new record, with the next free id where its kind has ids."""
    if entry.kind not in _ID_OF:
        return dict(entry.value)
    taken = [int(record["id"].rpartition("-")[2]) for record in data[entry.kind]]
    return {"confidence": 1.0, **entry.value, "id": f"{_ID_OF[entry.kind]}-{max(taken, default=0) + 1}"}


def _words(record: Mapping[str, Any]) -> str:
    """What a person would call the record."""
    commodity = record.get("commodity") or {}
    for words in (record.get("heading"), commodity.get("text"), record.get("text"), record.get("title"),
                  record.get("after"), record.get("message")):  # fmt: skip
        if words:
            return str(words)
    return str(record.get("id", ""))


def _remove(data: dict[str, Any], rejected: Sequence[tuple[str, int]]) -> None:
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


def _sort_by_place(data: dict[str, Any], kinds: set[FactList]) -> None:
    """Lists stay in reading order; what was added without a place stays at the end."""
    order = {block["id"]: k for k, block in enumerate(b for page in data["text"] for b in page["blocks"])}

    def place(record: Mapping[str, Any]) -> tuple[int, int]:
        where = record.get("provenance")
        return (order.get(where["block"], len(order)), where["start"]) if where else (len(order), 0)

    for kind in kinds:
        data[kind].sort(key=place)
