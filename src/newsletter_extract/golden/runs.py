"""Two runs over an archive compared: which documents differ, and in what kinds of facts and fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from newsletter_extract.errors import GoldenBroken, InputNotFound
from newsletter_extract.golden.check import Outcome, read_golden
from newsletter_extract.golden.compare import Difference, Tolerance, compare


def compare_runs(first: Path, second: Path, tolerance: Tolerance) -> Iterator[Outcome]:
    """The outcome of each JSON file that both folders hold under one name, and an error for each that only one has.

    Two files are compared as they are. One document is in memory at a time. Raises InputNotFound where there is
    nothing.
    """
    for name in _names(first, second):
        before, after = (first / name, second / name) if name else (first, second)
        missing = next((path for path in (before, after) if not path.is_file()), None)
        if missing is not None:
            yield Outcome(after, "error", problem=f"{missing} does not exist: only one of the runs has it.")
            continue
        try:
            differences = tuple(compare(read_golden(before), read_golden(after), tolerance))
        except GoldenBroken as error:
            yield Outcome(after, "error", problem=str(error))
            continue
        yield Outcome(after, "drift" if differences else "same", differences)


def _names(first: Path, second: Path) -> list[str]:
    for path in (first, second):
        if not path.exists():
            raise InputNotFound(f"{path}: no such file or folder.")
    if first.is_file() and second.is_file():
        return [""]
    if first.is_file() or second.is_file():
        raise InputNotFound("A file can only be compared with a file, and a folder with a folder.")
    names = {path.relative_to(folder).as_posix() for folder in (first, second) for path in folder.rglob("*.json")}
    if not names:
        raise InputNotFound(f"{first}, {second}: no JSON files in these folders.")
    return sorted(names)


Sums = Counter[tuple[str, str, str]]
"""(kind of fact, field or "", kind of change) → how often."""


def sum_up(differences: tuple[Difference, ...]) -> Sums:
    """How often each kind of fact was added, lost or moved, and each field of it changed; list positions left out."""
    return Counter((d.kind, _plain_field(d) if d.change == "changed" else "", d.change) for d in differences)


def _plain_field(difference: Difference) -> str:
    """`occurrences[0].places[1].name` → `occurrences.places.name`."""
    parts = (difference.field or "").split("[")
    return parts[0] + "".join(part.partition("]")[2] for part in parts[1:])
